import type { Chart } from '../chat/elements.ts';
import type { Block } from './block-kit.ts';
import { slackLimits } from './slack-limits.ts';
import { shorten } from './split-text.ts';

type DataVisualization = {
  type: 'data_visualization';
  title: string;
  chart: {
    type: 'bar';
    series: { name: string; data: { label: string; value: number }[] }[];
    axis_config: { categories: string[] };
  };
};

/**
 * Slack's own chart, in messages only. Slack's types do not know the block yet; a workspace that does not either
 * refuses it, and then the message goes without. Source: Slack's reference, checked November 2026.
 */
export function chartBlock({ title, bars }: Chart): Block {
  const data = withUniqueLabels(bars.slice(0, slackLimits.chartPoints));
  const block: DataVisualization = {
    type: 'data_visualization',
    title: shorten(title, slackLimits.chartTitle) || '–',
    chart: {
      type: 'bar',
      series: [{ name: 'Count', data }],
      axis_config: { categories: data.map(({ label }) => label) },
    },
  };
  return block as unknown as Block;
}

/** Two labels that begin alike must still be two categories. */
function withUniqueLabels(bars: Chart['bars']): Chart['bars'] {
  const used = new Set<string>();
  return bars.map(({ label, value }, index) => {
    const short = shorten(label, slackLimits.chartLabel) || '–';
    const unique = used.has(short)
      ? `${shorten(label, slackLimits.chartLabel - 3)} ${String(index)}`
      : short;
    used.add(unique);
    return { label: unique, value };
  });
}

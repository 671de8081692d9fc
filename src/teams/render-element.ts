import type {
  CardElement,
  Chart,
  ChecklistItem,
  Fact,
  PrivateElement,
  TextTone,
} from '../chat/elements.ts';
import type {
  ColumnSet,
  Container,
  Element,
  FactSet,
  HorizontalBar,
  TextBlock,
} from './adaptive-card.ts';
import { renderButtons, type Surface } from './render-buttons.ts';
import { escapeMarkdown, neutralise } from './text.ts';

/** Draws elements in their order, but no button above a prohibition. */
export function renderElements(elements: readonly CardElement[], surface: Surface): Element[] {
  return neverFirst(elements).flatMap((element) => renderElement(element, surface));
}

/** Prohibitions that come after a button are moved up to it: nobody should press before reading them. */
export function neverFirst<E extends { type: string }>(elements: readonly E[]): E[] {
  const first = elements.findIndex((one) => one.type === 'buttons');
  if (first < 0) return [...elements];
  const after = elements.slice(first);
  const late = after.filter((one) => one.type === 'never');
  return [...elements.slice(0, first), ...late, ...after.filter((one) => one.type !== 'never')];
}

/** Draws what may stand in a chat message. */
export function renderElement(element: CardElement, surface: Surface): Element[] {
  switch (element.type) {
    case 'heading':
      return [heading(element.text)];
    case 'text':
      return [toned(element.text, element.tone)];
    case 'facts':
      return [factSet(element.facts)];
    case 'list':
      return [textBlock(bulleted(element.items))];
    case 'never':
      return [never(element.items)];
    case 'checklist':
      return element.items.map(checklistRow);
    case 'buttons':
      return renderButtons(element.buttons, surface);
    case 'chart':
      return chart(element);
    case 'divider':
      return [{ ...textBlock(' '), separator: true, spacing: 'Medium' }];
  }
}

/** Draws what a person wrote or is called: in text runs, which know no markup. For dialogs only. */
export function renderPrivate(element: PrivateElement): Element[] {
  switch (element.type) {
    case 'words':
      return [{ ...textBlock(escapeMarkdown(element.label)), weight: 'Bolder' }, run(element.text)];
    case 'private-facts':
      return element.facts.map(({ label, value }) => ({
        type: 'RichTextBlock',
        inlines: [
          { type: 'TextRun', text: `${neutralise(label)}: `, weight: 'Bolder' },
          { type: 'TextRun', text: neutralise(value) },
        ],
      }));
  }
}

function run(text: string): Element {
  const inlines = [{ type: 'TextRun' as const, text: neutralise(text) }];
  return { type: 'RichTextBlock', inlines, spacing: 'None' };
}

function textBlock(text: string): TextBlock {
  return { type: 'TextBlock', text, wrap: true };
}

/** A heading, which screen readers can jump to. */
export function heading(text: string): TextBlock {
  const look = { style: 'heading', size: 'Medium', weight: 'Bolder' } as const;
  return { ...textBlock(escapeMarkdown(text)), ...look };
}

/** One paragraph of our own words. Warnings stand in a coloured box: coloured text is hard to read. */
export function toned(text: string, tone: TextTone): TextBlock | Container {
  const block = textBlock(escapeMarkdown(text));
  switch (tone) {
    case 'plain':
      return block;
    case 'strong':
      return { ...block, weight: 'Bolder' };
    case 'quiet':
      return { ...block, isSubtle: true, size: 'Small' };
    case 'warning':
      return { type: 'Container', style: 'warning', items: [block] };
    case 'danger':
      return { type: 'Container', style: 'attention', items: [{ ...block, weight: 'Bolder' }] };
  }
}

/**
 * Teams' own bars, which a client that cannot draw them leaves out, and the numbers. Nothing of it is Markdown
 * to the chart. Source: Microsoft's reference, checked November 2026.
 */
function chart({ title, bars }: Chart): Element[] {
  const facts = bars.map(({ label, value }) => ({ label, value: String(value) }));
  const data = bars.map(({ label, value }) => ({ x: neutralise(label), y: value }));
  const drawn: HorizontalBar = {
    type: 'Chart.HorizontalBar',
    title: neutralise(title),
    data,
    fallback: 'drop',
  };
  const named: Element = { ...textBlock(escapeMarkdown(title)), weight: 'Bolder' };
  return bars.length === 0 ? [named] : [drawn, named, factSet(facts)];
}

function factSet(facts: readonly Fact[]): FactSet {
  const drawn = facts.map(({ label, value }) => ({
    title: escapeMarkdown(label),
    value: escapeMarkdown(value),
  }));
  return { type: 'FactSet', facts: drawn };
}

function bulleted(items: readonly string[]): string {
  return items.map((item) => `- ${escapeMarkdown(item.replace(/\s+/g, ' '))}`).join('\n');
}

function never(items: readonly string[]): Container {
  const title: TextBlock = { ...textBlock('What not to do'), weight: 'Bolder' };
  return { type: 'Container', style: 'attention', items: [title, textBlock(bulleted(items))] };
}

/** The state is a word, not a colour or a sign, so that everybody can read it. */
const STATES: Record<ChecklistItem['state'], string> = {
  open: 'To do',
  now: 'Now',
  locked: 'Locked',
  waiting: 'Waiting',
  done: 'Done',
  'set-aside': 'Set aside',
};

function checklistRow({ title, state, note }: ChecklistItem): ColumnSet {
  const name: TextBlock = textBlock(escapeMarkdown(title));
  const remark: TextBlock[] = note === null ? [] : [small(note)];
  const bold = state === 'now' ? { weight: 'Bolder' as const } : {};
  return {
    type: 'ColumnSet',
    spacing: 'Small',
    columns: [
      { type: 'Column', width: 'auto', items: [{ ...small(STATES[state]), ...bold }] },
      { type: 'Column', width: 'stretch', items: [{ ...name, ...bold }, ...remark] },
    ],
  };
}

/** A remark beside or below something. */
export function small(text: string): TextBlock {
  const block = textBlock(escapeMarkdown(text));
  return { ...block, isSubtle: true, size: 'Small', spacing: 'None' };
}

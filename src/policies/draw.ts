import { stepsNamedIn } from '../domain/condition.ts';
import { assemblePolicy } from '../domain/policy.ts';
import type { Condition, Pack, Procedure, WholeStep } from '../domain/procedure.ts';
import { kindInWords, type Names } from './in-words.ts';
import { linesOf, type Line } from './step-lines.ts';

/*
 * One picture per procedure, for a safeguarding lead who reviews it: the steps in their order, each under
 * the step that brings it in, with what each answer leads to.
 */

const page = { width: 1080, margin: 28, indent: 30, gap: 12 };
const text = { size: 13, line: 18, charWidth: 6.7, top: 20, padding: 16 };
const badge = { width: 78, padding: 9 };
const deepest = 4;

const colours = {
  question: '#1f5fa8',
  action: '#2f6b3c',
  referral: '#7a3e9d',
  prohibition: '#a8241f',
  gate: '#8a5a00',
  timer: '#4a5560',
  end: '#222222',
} as const;

const phases = [
  ['first', 'First'],
  ['respond', 'Then'],
  ['people', 'People'],
  ['close', 'Closing'],
] as const;

type Box = {
  step: WholeStep;
  x: number;
  y: number;
  height: number;
  parent: string | null;
  lines: Line[];
};
type Heading = { words: string; y: number };

/** The procedure as an SVG picture. The others are needed to call their steps by their titles. */
export function drawing(procedure: Procedure, all: readonly Procedure[]): string {
  const names = namesIn(procedure, all);
  const steps = [...names.steps.values()].filter((step) => step.procedure === procedure.id);
  const { boxes, headings, bottom } = placed(steps, names);
  const title = words(
    page.margin,
    page.margin + 30,
    `${procedure.code} · ${procedure.title}`,
    'heading',
  );
  return svg(
    [
      title,
      ...boxes.map((box) => branchTo(box, boxes)),
      ...headings.map(({ words: heading, y }) => words(page.margin, y, heading, 'phase')),
      ...boxes.map(drawBox),
    ],
    bottom,
  );
}

function namesIn(procedure: Procedure, all: readonly Procedure[]): Names {
  const newest = new Map(all.map((one) => [one.id, one]));
  newest.set(procedure.id, procedure);
  return assemblePolicy({} as Pack, [...newest.values()], '');
}

function placed(steps: WholeStep[], names: Names) {
  const boxes: Box[] = [];
  const headings: Heading[] = [];
  let y = page.margin + 54;
  for (const [phase, heading] of phases) {
    const inPhase = steps.filter((step) => step.phase === phase);
    if (inPhase.length === 0) continue;
    headings.push({ words: heading, y: y + 22 });
    y += 36;
    for (const step of inPhase) {
      const box = boxOf(step, y, boxes, steps, names);
      boxes.push(box);
      y += box.height + page.gap;
    }
  }
  return { boxes, headings, bottom: y + page.margin };
}

function boxOf(step: WholeStep, y: number, before: Box[], steps: WholeStep[], names: Names): Box {
  const parent = parentOf(step, before);
  const x =
    parent === null
      ? page.margin
      : Math.min(parent.x + page.indent, page.margin + deepest * page.indent);
  const width = page.width - page.margin - x - badge.width - 28;
  const lines = linesOf(step, steps, names).flatMap(({ words: sentence, style }) =>
    wrapped(sentence, Math.floor(width / text.charWidth)).map((one) => ({ words: one, style })),
  );
  const height = lines.length * text.line + text.padding;
  return { step, x, y, height, parent: parent?.step.ref ?? null, lines };
}

/** The step just before that its condition asks for. What is only asked *not* to be does not count. */
function parentOf(step: WholeStep, before: Box[]): Box | null {
  const named = new Set(wantedSteps(step.when));
  return before.findLast((box) => named.has(box.step.ref)) ?? null;
}

function wantedSteps(condition: Condition): string[] {
  if (condition.type === 'not') return [];
  if (condition.type === 'all' || condition.type === 'any')
    return condition.of.flatMap(wantedSteps);
  return stepsNamedIn(condition);
}

function wrapped(sentence: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function branchTo({ x, y, parent }: Box, boxes: Box[]): string {
  const from = boxes.find(({ step }) => step.ref === parent);
  if (from === undefined) return '';
  const down = `M${String(from.x + 12)} ${String(from.y + from.height)} V${String(y + 18)} H${String(x)}`;
  return `<path d="${down}" class="branch"/>`;
}

function drawBox({ step, x, y, height, lines }: Box): string {
  const frame = (width: number, look: string) =>
    `<rect x="${String(x)}" y="${String(y)}" width="${String(width)}" height="${String(height)}" rx="6" ${look}/>`;
  return [
    frame(page.width - page.margin - x, 'class="box"'),
    frame(badge.width, `fill="${colours[step.kind]}"`),
    words(x + badge.padding, y + text.top, kindInWords(step), 'badge'),
    ...lines.map((line, index) =>
      words(x + badge.width + 14, y + text.top + index * text.line, line.words, line.style),
    ),
  ].join('\n');
}

function words(x: number, y: number, content: string, style: string): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<text x="${String(x)}" y="${String(y)}" class="${style}">${escaped}</text>`;
}

function svg(parts: string[], height: number): string {
  const size = `width="${String(page.width)}" height="${String(height)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${String(page.width)} ${String(height)}">
<style>
text { font: ${String(text.size)}px "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: #222 }
.heading { font-size: 20px; font-weight: 700 }
.phase { font-size: 15px; font-weight: 700; fill: #555 }
.title { font-weight: 700 }
.quiet { fill: #5c6670 }
.option { fill: #1b3a57 }
.badge { fill: #fff; font-weight: 700 }
.box { fill: #fff; stroke: #c9ced4 }
.branch { fill: none; stroke: #9aa4ae; stroke-width: 1.5 }
</style>
<rect width="100%" height="100%" fill="#f6f7f9"/>
${parts.join('\n')}
</svg>
`;
}

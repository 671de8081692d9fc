import type { Button, Card, Field, Screen, ScreenElement } from '../chat/elements.ts';
import { limits } from '../chat/limits.ts';
import { renderCard } from './render-card.ts';
import { renderDialog } from './render-screen.ts';

/*
 * Nothing is ever cut to fit: what is too long must be found before anybody sees it. Tests and the
 * stand-in for Teams ask this of everything that is drawn.
 */

type Check = [what: string, size: number, most: number];

/** What of a card exceeds a ceiling, one line each; nothing when it fits. */
export function misfitsOfCard(card: Card): string[] {
  const bytes = sizeOf(renderCard(card, { type: 'message', form: false }));
  return exceeded([
    ['summary', card.summary.length, limits.text],
    ['elements', card.elements.length, limits.messageBlocks],
    ['card in bytes', bytes, limits.teamsCardBytes],
    ...card.elements.flatMap(checksOf),
  ]);
}

/** What of a screen exceeds a ceiling or could not come back whole, one line each. */
export function misfitsOfScreen(screen: Screen): string[] {
  const sizes = exceeded([
    ['title', screen.title.length, limits.screenTitle],
    ['submit label', screen.submit?.label.length ?? 0, limits.submitLabel],
    ['elements', screen.elements.length + screen.fields.length, limits.screenBlocks],
    ['dialog in bytes', sizeOf(renderDialog(screen)), MOST_DIALOG_BYTES],
    ...screen.elements.flatMap(checksOf),
    ...screen.buttons.flatMap(checksOfButton),
    ...screen.fields.flatMap(checksOfField),
  ]);
  return [...sizes, ...screen.fields.flatMap(oddIds)];
}

/** Under Teams' 100 KB with room for the envelope. */
const MOST_DIALOG_BYTES = 90_000;

/** Teams counts UTF-16. */
function sizeOf(drawn: unknown): number {
  return JSON.stringify(drawn).length * 2;
}

function exceeded(checks: Check[]): string[] {
  return checks
    .filter(([, size, most]) => size > most)
    .map(([what, size, most]) => `${what}: ${String(size)} > ${String(most)}`);
}

function checksOf(element: ScreenElement): Check[] {
  switch (element.type) {
    case 'heading':
    case 'text':
      return [text(element.type, element.text)];
    case 'list':
    case 'never':
      return [text(element.type, element.items.join('\n'))];
    case 'facts':
    case 'private-facts':
      return element.facts.flatMap((one) => [text('fact', one.label), text('fact', one.value)]);
    case 'checklist':
      return element.items.flatMap((one) => [
        text('step', one.title),
        text('step', one.note ?? ''),
      ]);
    case 'buttons':
      return element.buttons.flatMap(checksOfButton);
    case 'chart':
      return [text('chart', element.title), ...element.bars.map((bar) => text('bar', bar.label))];
    case 'words':
      return [text('label', element.label)];
    case 'divider':
      return [];
  }
}

function text(what: string, value: string): Check {
  return [what, value.length, limits.text];
}

function checksOfButton({ label }: Button): Check[] {
  return [[`button "${label}"`, label.length, limits.buttonLabel]];
}

function checksOfField(field: Field): Check[] {
  const choices = choicesOf(field);
  const most = field.type === 'person' ? Infinity : limits.choices;
  return [
    [`choices of ${field.id}`, choices.length, most],
    ...choices.map((one): Check => [`choice "${one.label}"`, one.label.length, limits.choiceLabel]),
  ];
}

function choicesOf(field: Field) {
  if (field.type === 'person') return field.people;
  return 'choices' in field ? field.choices : [];
}

/** Ids travel as names of inputs and in comma-separated lists. */
function oddIds(field: Field): string[] {
  const oddChoices = choicesOf(field).filter(({ id }) => !/^[^,]{1,150}$/.test(id));
  const odd = /^\S{1,100}$/.test(field.id) ? [] : [field.id];
  return [...odd, ...oddChoices.map(({ id }) => id)].map((id) => `odd id "${id}"`);
}

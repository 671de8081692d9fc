import fc from 'fast-check';
import type {
  Button,
  Card,
  CardElement,
  Choice,
  Fact,
  Field,
  Screen,
  ScreenElement,
} from '../../src/chat/elements.ts';

/*
 * Any card or screen that the conversation may make, with any text in it: long, empty, in any script,
 * full of what Slack would take for markup.
 */

const nasty = [
  '<!channel>',
  '<!here> <!subteam^S1> <@U1> <#C1>',
  '<https://evil.example|gov.uk/report>',
  '*bold* _i_ ~s~ `c`\n> quote',
  ':siren: javascript:alert(1) slack://x',
  '{"type":"section","text":{"type":"mrkdwn","text":"x"}}',
  "'; drop table concern; -- $1 %s {{constructor}}",
  '\u0000\u200b\ufeff',
  '😀'.repeat(40),
  'مرحبا',
];

/** Anything a person can type or be called. */
export const anyText = (maxLength = 4000): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom(...nasty),
    fc.string({ unit: 'binary', maxLength }),
    fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 200) }),
    fc.nat({ max: maxLength }).map((length) => 'word '.repeat(length / 5 + 1).slice(0, length)),
  );

const label = (max = 75) =>
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.slice(0, max) || 'x');
const handle = fc.stringMatching(/^[\w-]{22}$/);
const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

const fact: fc.Arbitrary<Fact> = fc.record({ label: label(), value: anyText() });

const button: fc.Arbitrary<Button> = fc.record({
  label: label(),
  handle,
  opens: fc.constantFrom('dialog', 'inline'),
  style: fc.constantFrom('plain', 'primary', 'danger'),
});

const cardElement: fc.Arbitrary<CardElement> = fc.oneof(
  fc.record({ type: fc.constant('heading' as const), text: anyText(300) }),
  fc.record({
    type: fc.constant('text' as const),
    text: anyText(),
    tone: fc.constantFrom('plain' as const, 'strong', 'quiet', 'warning', 'danger'),
  }),
  fc.record({ type: fc.constant('facts' as const), facts: fc.array(fact, { maxLength: 8 }) }),
  fc.record({
    type: fc.constant('list' as const),
    items: fc.array(anyText(300), { maxLength: 12 }),
  }),
  fc.record({
    type: fc.constant('never' as const),
    items: fc.array(anyText(200), { maxLength: 8 }),
  }),
  fc.record({
    type: fc.constant('checklist' as const),
    items: fc.array(
      fc.record({
        title: label(),
        state: fc.constantFrom('open' as const, 'now', 'locked', 'waiting', 'done', 'set-aside'),
        note: fc.option(anyText(200)),
      }),
      { maxLength: 30 },
    ),
  }),
  fc.record({
    type: fc.constant('buttons' as const),
    buttons: fc.array(button, { maxLength: 12 }),
  }),
  fc.record({ type: fc.constant('divider' as const) }),
  fc.record({
    type: fc.constant('chart' as const),
    title: label(),
    bars: fc.array(fc.record({ label: label(), value: fc.nat(500) }), { maxLength: 25 }),
  }),
);

const screenElement: fc.Arbitrary<ScreenElement> = fc.oneof(
  cardElement,
  fc.record({ type: fc.constant('words' as const), label: label(), text: anyText(9000) }),
  fc.record({
    type: fc.constant('private-facts' as const),
    facts: fc.array(fact, { maxLength: 6 }),
  }),
);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  kind: id,
  summary: label(),
  elements: fc.array(cardElement, { maxLength: 10 }),
});

const choicesOf = (most: number): fc.Arbitrary<Choice[]> =>
  fc.uniqueArray(
    fc.record(
      { id, label: anyText(200).map((text) => text || '-'), help: anyText(200) },
      { requiredKeys: ['id', 'label'] },
    ),
    { minLength: 1, maxLength: most, selector: (choice) => choice.id },
  );

const base = { id, label: label(), help: fc.option(anyText(300)), required: fc.boolean() };

const anyField: fc.Arbitrary<Field> = fc.oneof(
  choicesOf(20).chain((choices) =>
    fc.record({
      ...base,
      type: fc.constant('choice' as const),
      choices: fc.constant(choices),
      value: fc.option(fc.constantFrom(...choices.map((choice) => choice.id))),
      shown: fc.constantFrom('buttons' as const, 'list'),
    }),
  ),
  choicesOf(20).chain((choices) =>
    fc.record({
      ...base,
      type: fc.constant('choices' as const),
      choices: fc.constant(choices),
      value: fc.subarray(choices.map((choice) => choice.id)),
    }),
  ),
  choicesOf(130).chain((people) =>
    fc.record({
      ...base,
      type: fc.constant('person' as const),
      people: fc.constant(people),
      value: fc.option(fc.constantFrom(...people.map((choice) => choice.id))),
      search: handle,
    }),
  ),
  fc.record({
    ...base,
    type: fc.constant('text' as const),
    value: fc.option(typed(250)),
    maxLength: fc.constant(250),
  }),
  fc.record({
    ...base,
    type: fc.constant('long-text' as const),
    value: fc.option(typed(9000)),
    maxLength: fc.constantFrom(3000, 9000),
  }),
  fc.record({
    ...base,
    type: fc.constant('date' as const),
    value: fc.option(
      fc
        .date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
        .map((at) => at.toISOString().slice(0, 10)),
    ),
  }),
  fc.record({
    ...base,
    type: fc.constant('time' as const),
    value: fc.option(fc.constantFrom('00:00', '10:42', '23:59')),
  }),
);

/** What somebody can have typed: Slack trims what is around it. */
function typed(max: number): fc.Arbitrary<string> {
  return anyText(max).map((text) => text.slice(0, max));
}

const anyParts: fc.Arbitrary<Screen> = fc.record({
  title: fc.oneof(label(24), fc.constant('A title that is longer than Slack takes')),
  elements: fc.array(screenElement, { maxLength: 6 }),
  fields: fc.uniqueArray(anyField, { maxLength: 8, selector: (field) => field.id }),
  submit: fc.option(fc.record({ label: label(24), handle })),
  buttons: fc.array(button, { maxLength: 6 }),
});

/** Inputs that nothing sends would be no form. */
export const anyScreen: fc.Arbitrary<Screen> = anyParts.map((screen) =>
  screen.submit === null && screen.buttons.length === 0 ? { ...screen, fields: [] } : screen,
);

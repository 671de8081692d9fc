import type { CaseLine } from '../../app/ports.ts';
import { shortName } from '../../app/view-case.ts';
import { dayAndTime } from '../../domain/deadlines.ts';
import type { Person } from '../../domain/people.ts';
import type { Card, CardElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, text } from '../say.ts';

const shown = 8;

/** `/concern cases`: the cases this person may open, most urgent first. Nothing a person wrote. */
export function casesCard(lines: readonly CaseLine[], people: readonly Person[], mint: Mint): Card {
  return {
    kind: 'cases',
    summary: 'Cases you may open',
    elements: [
      heading('Open cases'),
      ...(lines.length === 0
        ? [text('Nothing open.')]
        : lines.slice(0, shown).flatMap((line) => caseLine(line, people, mint))),
      ...(lines.length > shown
        ? [
            text(
              `And ${String(lines.length - shown)} more. They come up as these are closed; type a reference to open one.`,
              'quiet',
            ),
          ]
        : []),
    ],
  };
}

function caseLine(line: CaseLine, people: readonly Person[], mint: Mint): CardElement[] {
  const restricted = line.lane === 'manager';
  const holder =
    line.holder === null || restricted ? [] : [`held by ${shortName(people, line.holder)}`];
  const due = line.nextDue === null ? [] : [`due ${dayAndTime(line.nextDue)}`];
  const words = [
    line.reference,
    line.label,
    ...(restricted ? [] : [line.urgency]),
    stateWords[line.state],
    ...holder,
    ...due,
  ];
  const open = restricted
    ? mint.button('Open', { type: 'show-walk', case: line.id }, { opens: 'dialog' })
    : mint.button('Open', { type: 'bring-walk', case: line.id });
  const claim = mint.button('Claim', { type: 'claim', case: line.id }, { style: 'primary' });
  const buttons = line.holder === null && !restricted ? [claim, open] : [open];
  return [text(words.join(' · ')), { type: 'buttons', buttons }];
}

const stateWords: Record<CaseLine['state'], string> = {
  new: 'not claimed',
  active: 'in hand',
  awaiting: 'waiting for an agency',
  closing: 'waiting for a second person',
  closed: 'closed',
};

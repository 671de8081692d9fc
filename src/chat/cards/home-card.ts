import type { CaseLine, Receipt } from '../../app/ports.ts';
import type { Person } from '../../domain/people.ts';
import type { Card } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { casesCard } from './cases-card.ts';
import { receiptsCard } from './reporter-cards.ts';

/** A person's own front page: the cases they may open, and what they raised. */
export function homeCard(
  lines: readonly CaseLine[],
  receipts: readonly Receipt[],
  people: readonly Person[],
  mint: Mint,
): Card {
  const own = receiptsCard(receipts, mint).elements;
  const cases =
    lines.length === 0
      ? []
      : [...casesCard(lines, people, mint).elements, { type: 'divider' as const }];
  return { kind: 'home', summary: 'Concerns', elements: [...cases, ...own] };
}

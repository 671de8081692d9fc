import { isDue, isWithin } from '../domain/checks/clauses.ts';
import type { ClauseRow } from '../domain/procedure-check.ts';
import type { Pack, Policy } from '../domain/procedure.ts';

/** Every clause about incidents of every policy, with the steps that carry it, as a Markdown document. */
export function coverageDocument(
  packs: readonly Policy[],
  clauses: Readonly<Record<string, ClauseRow[]>>,
): string {
  const parts = packs.map((policy) => coverageOf(policy, clauses[policy.pack.id] ?? []));
  return `${[heading, ...parts].join('\n\n')}\n`;
}

const heading = `# Which step carries which clause

Written by \`npm run policies -- coverage\`; do not edit. Lines are those of the policy’s text. A step is
\`procedure/step\`; "for" names the procedures in which a shared step is cited with this clause.`;

function coverageOf(policy: Policy, rows: ClauseRow[]): string {
  const { pack } = policy;
  const carried = rows.filter((row) => nodesOf(row, pack) !== '').length;
  return [
    `## ${pack.policy} (${pack.id}, version ${String(pack.version)}, written ${pack.written})`,
    `${String(carried)} of ${String(rows.length)} clauses are carried.`,
    ['| line | clause | steps |', '|---|---|---|', ...rows.map((row) => tableRow(row, pack))].join(
      '\n',
    ),
  ].join('\n\n');
}

function tableRow(row: ClauseRow, pack: Pack): string {
  const lines =
    row.to === undefined ? `L${String(row.line)}` : `L${String(row.line)}-${String(row.to)}`;
  const waiting = isDue(row, Object.keys(pack.procedures))
    ? '**missing**'
    : `waits for ${row.trees.join(', ')}`;
  return `| ${lines} | ${row.short} | ${nodesOf(row, pack) || waiting} |`;
}

function nodesOf(row: ClauseRow, pack: Pack): string {
  const clauses = pack.clauses
    .filter(({ line }) => isWithin(row, line))
    .map(({ steps, for: ids }) =>
      ids.length === 0 ? steps.join(', ') : `${steps.join(', ')} (for ${ids.join(', ')})`,
    );
  const deferred = pack.defers
    .filter(({ line }) => isWithin(row, line))
    .map(({ procedure }) => `${procedure}: left to another policy`);
  return [...clauses, ...deferred].join('; ');
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { matrix, type FaultRow } from './support/matrix.ts';

/* Every fault is listed, and docs/faults.md says the same. */

const here = import.meta.dirname;
const document = readFileSync(join(here, '..', '..', 'docs', 'faults.md'), 'utf8');

const line = ({ id, fault, in: files, elsewhere = '' }: FaultRow) =>
  `| ${id} | ${fault} | ${files.length === 0 ? 'no' : files.map((file) => `\`${file}\``).join(', ')} | ${elsewhere} |`;

const squeezed = (text: string) => text.replace(/ +/g, ' ').replace(/-+/g, '-');

describe('the fault matrix', () => {
  test('lists R1 to R32, each injected or with the reason why not', () => {
    expect(matrix.map(({ id }) => id)).toEqual(
      Array.from({ length: 32 }, (_, index) => `R${String(index + 1)}`),
    );
    for (const row of matrix) if (row.in.length === 0) expect(row.elsewhere, row.id).toMatch(/\w/);
  });

  test.each(matrix.filter(({ in: files }) => files.length > 0))(
    '$id is injected where it says',
    (row) => {
      for (const file of row.in)
        expect(readFileSync(join(here, `${file}.test.ts`), 'utf8')).toContain(`'${row.id}'`);
    },
  );

  test('is what docs/faults.md shows', () => {
    const shown = squeezed(document);
    for (const row of matrix) expect(shown).toContain(squeezed(line(row)));
  });
});

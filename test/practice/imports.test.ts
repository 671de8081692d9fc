import { globSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../src/practice');
const files = globSync('**/*.{ts,tsx}', { cwd: root }).map((name) => resolve(root, name));

test('the workspace imports nothing of the bot, so that only the protocol joins them', () => {
  const outside = files.flatMap((file) =>
    importsOf(file)
      .filter((name) => name.startsWith('.'))
      .filter((name) => !resolve(dirname(file), name).startsWith(`${root}/`))
      .map((name) => `${file}: ${name}`),
  );
  expect(files.length).toBeGreaterThan(30);
  expect(outside).toEqual([]);
});

test('the page imports types only of the server', () => {
  const client = `${root}/client/`;
  const running = files
    .filter((file) => file.startsWith(client))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/^import (?!type)[^;]*? from '(\.[^']+)'/gms)]
        .map(([, name = '']) => resolve(dirname(file), name))
        .filter((target) => !target.startsWith(client)),
    );
  expect(running).toEqual([]);
});

function importsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/(?:from|import) '([^']+)'/g)].map(
    ([, name = '']) => name,
  );
}

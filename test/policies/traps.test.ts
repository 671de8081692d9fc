import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Every trap of the field that this product must not walk into; docs/traps.md says what each is. */
const traps = Array.from({ length: 25 }, (_, index) => index + 1);

type Row = { trap: number; tests: { file: string; title: string }[] };

const rows = read('docs/traps.md')
  .split('\n')
  .flatMap((line): Row[] => {
    const [, trap, , held = ''] = /^\| (\d+) +\|([^|]+)\|(.+)\|$/.exec(line) ?? [];
    return trap === undefined ? [] : [{ trap: Number(trap), tests: testsIn(held) }];
  });

/** `file`: “one title”, “another”; `other file`: … */
function testsIn(held: string): Row['tests'] {
  return held.split(/(?=`test\/)/).flatMap((part) => {
    const file = /`(test\/[^`]+)`/.exec(part)?.[1];
    const titles = [...part.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title);
    return file === undefined ? [] : titles.map((title) => ({ file, title }));
  });
}

describe('the traps of the field', () => {
  it('each have their row, once', () => {
    expect(rows.map(({ trap }) => trap)).toEqual(traps);
  });

  it.each(rows.map((row): [number, Row] => [row.trap, row]))(
    'trap %i is held by tests that exist',
    (_trap, { tests }) => {
      expect(tests).not.toEqual([]);
      for (const { file, title } of tests) {
        expect(file).toMatch(/\.test\.ts$|^test\/policies\/life\//);
        expect(read(file), file).toContain(`'${title}'`);
      }
    },
  );

  it('are walked around 50,000 times by rules that are really tried', () => {
    for (const name of ['rules.ts', 'people-rules.ts'])
      expect(read('test/policies/life/check-lives.ts')).toContain(`from './${name}'`);
    for (const pack of ['st-wilfrids', 'westlands'])
      expect(read(`test/policies/every-walk-${pack}.test.ts`)).toContain(`checkLives('${pack}')`);
    expect(read('test/policies/life/check-lives.ts')).toContain('const walks = 25_000;');
  });
});

it('nothing that writes text of its own is among the libraries', () => {
  const { dependencies } = JSON.parse(read('package.json')) as {
    dependencies: Record<string, string>;
  };
  const names = [
    ...Object.keys(dependencies),
    ...Object.keys((JSON.parse(read('package-lock.json')) as { packages: object }).packages),
  ];
  const writers =
    /(openai|anthropic|langchain|llama|ollama|mistral|cohere|gemini|transformers|huggingface|ai-sdk|@ai-)/i;
  expect(names.filter((name) => writers.test(name))).toEqual([]);
});

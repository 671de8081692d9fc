import { globSync, readFileSync } from 'node:fs';

/*
 * Which of the words that people typed give something away: all that the product could not have said by
 * itself. Its own words are those of its texts, its procedures and the schools' files.
 */

const root = new URL('../../', import.meta.url).pathname;
const ownTexts = [
  'src/policies/**/*.yaml',
  'src/chat/**/*.ts',
  'src/teams/*.ts',
  'src/slack/*.ts',
  'src/practice/schools/*.yaml',
];

const wordPattern = /[\p{L}\p{N}]{4,}/gu;

function wordsIn(text: string): string[] {
  return [...text.toLowerCase().matchAll(wordPattern)].map(([word]) => word);
}

let own: ReadonlySet<string> | null = null;

function ownWords(): ReadonlySet<string> {
  own ??= new Set(
    ownTexts
      .flatMap((pattern) => globSync(root + pattern))
      .flatMap((file) => wordsIn(readFileSync(file, 'utf8'))),
  );
  return own;
}

/** The words of what was typed that must not be found anywhere but on the screens of those entitled. */
export function secretsIn(typed: Iterable<string>): string[] {
  const known = ownWords();
  return [...new Set([...typed].flatMap(wordsIn))].filter((word) => !known.has(word));
}

/** Somebody whose name is left out, and the word that stands for them. */
export type LeftOut = { name: string; as: string };

/**
 * A text without the names of these people: whole names first, then each part of them, wherever it stands as a word.
 * A part that somebody in `kept` bears too stays, because it would say nothing or would take away the wrong name;
 * parts of one or two letters are too common to be names. Source: scenario S51.
 */
export function withoutNames(
  text: string,
  leftOut: readonly LeftOut[],
  kept: readonly string[],
): string {
  const keptParts = new Set(kept.flatMap(partsOf).map(plain));
  const wanted = leftOut.flatMap(({ name, as }) => [
    { words: name.trim(), as },
    ...partsOf(name)
      .filter((part) => part.length > 2 && !keptParts.has(plain(part)))
      .map((words) => ({ words, as })),
  ]);
  const longestFirst = wanted
    .filter(({ words }) => words !== '')
    .toSorted((one, other) => other.words.length - one.words.length);
  return longestFirst.reduce((left, { words, as }) => left.replace(asWords(words), as), text);
}

function partsOf(name: string): string[] {
  return name.split(/\s+/).filter((part) => part !== '');
}

function plain(part: string): string {
  return part.toLocaleLowerCase('en-GB');
}

function asWords(words: string): RegExp {
  const pattern = partsOf(words)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('\\s+');
  return new RegExp(`(?<![\\p{L}\\p{N}])${pattern}(?![\\p{L}\\p{N}])`, 'giu');
}

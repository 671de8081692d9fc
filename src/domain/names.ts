const letter = /[\p{L}\p{N}]/u;

/** Whether a text holds a word or phrase as such, not inside another word. Case does not matter. */
export function holdsPhrase(text: string, phrase: string): boolean {
  const all = text.toLocaleLowerCase('en-GB');
  const wanted = phrase.toLocaleLowerCase('en-GB');
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1))
    if (!letter.test(all.charAt(at - 1)) && !letter.test(all.charAt(at + wanted.length)))
      return true;
  return false;
}

/** Whether a text holds any part of one of the names. Parts of one or two letters are too common to mean anything. */
export function namesAnyOf(text: string, names: readonly string[]): boolean {
  const parts = names.flatMap((name) => name.split(/\s+/)).filter((part) => part.length > 2);
  return parts.some((part) => holdsPhrase(text, part));
}

const titles = ['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'sir'];

/** Whether a text speaks of one of these people: by full name, or by title and surname. */
export function speaksOfAnyOf(text: string, names: readonly string[]): boolean {
  return names.some((name) => {
    const surname = name.split(/\s+/).at(-1) ?? name;
    return (
      holdsPhrase(text, name) || titles.some((title) => holdsPhrase(text, `${title} ${surname}`))
    );
  });
}

const noNames = [
  'year',
  'class',
  'form',
  'tutor',
  'reception',
  'nursery',
  'group',
  'school',
  'the',
  'and',
];

/** The words of a list of people that may be names: with a capital, and not what a class is called. */
export function properNames(text: string): string[] {
  const words = text.match(/\p{Lu}[\p{L}'’-]+/gu) ?? [];
  return words.filter((word) => ![...noNames, ...titles].includes(word.toLocaleLowerCase('en-GB')));
}

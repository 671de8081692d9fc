/**
 * The Flesch–Kincaid grade of a text: about the school year in which it can be read. Counts syllables by
 * their vowels, which is right for most English words and near enough for the rest.
 */
export function gradeOf(text: string): number {
  const sentences = text.split(/[.?!]+(?:\s|$|[”’"'])/).filter((part) => /\w/.test(part)).length;
  const words = text.match(/[A-Za-z0-9][A-Za-z0-9’'-]*/g) ?? [];
  if (sentences === 0 || words.length === 0) return 0;
  const syllables = words.reduce((total, word) => total + syllablesIn(word), 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

function syllablesIn(word: string): number {
  const letters = word.toLowerCase().replace(/[^a-z]/g, '');
  if (letters.length <= 3) return 1;
  const spoken = letters.replace(/(?:[^laeiouy]es|ed|[^laeiouy]e)$/, '').replace(/^y/, '');
  return Math.max(1, spoken.match(/[aeiouy]{1,2}/g)?.length ?? 1);
}

/*
 * Teams draws Markdown in TextBlock, FactSet and expanded choices, and replaces {{DATE(…)}} and
 * {{TIME(…)}} wherever it draws text. What a person wrote must come out as it was written.
 */

const WORD_JOINER = '\u2060';

/** Our own words for a TextBlock or FactSet: Markdown, mentions and date functions lose their meaning. */
export function escapeMarkdown(text: string): string {
  return neutralise(text)
    .replace(/[\\`*_[\]<>~|]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^[ \t]+/gm, '')
    .replace(/^([#+-])/gm, '\\$1')
    .replace(/^(\d+)([.)])/gm, '$1\\$2')
    .replace(/\r?\n/g, '\n\n');
}

/** A person's words for a TextRun, which draws no Markdown: only date functions and templates are broken up. */
export function neutralise(text: string): string {
  return text.replaceAll('{{', `{${WORD_JOINER}{`).replaceAll('${', `$${WORD_JOINER}{`);
}

/**
 * A label for a radio button or tick box. Some clients draw Markdown there and some do not, so that an
 * escape would show in the latter: the marks are swapped for look-alikes instead.
 */
export function inert(label: string): string {
  const swapped = neutralise(label).replace(/[\\`*_[\]<>~]/g, (mark) => LOOK_ALIKES[mark] ?? mark);
  return /^(?:[#+-]|\d+[.)])/.test(swapped) ? WORD_JOINER + swapped : swapped;
}

const LOOK_ALIKES: Record<string, string> = {
  '\\': '＼',
  '`': '‘',
  '*': '∗',
  _: '＿',
  '[': '［',
  ']': '］',
  '<': '‹',
  '>': '›',
  '~': '∼',
};

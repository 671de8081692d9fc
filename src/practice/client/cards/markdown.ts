/*
 * The little Markdown that Teams draws in a card's text: bold, italic, links, lists and line breaks.
 * Everything is escaped first, so that nothing but the tags written here can come out.
 */

/** Safe HTML for a card's or message's Markdown. */
export function markdownToHtml(text: string): string {
  const blocks = text.replaceAll('\r\n', '\n').split(/\n{2,}/);
  return blocks.map((block) => blockToHtml(block.split('\n'))).join('');
}

type Run = { kind: 'ul' | 'ol' | 'p'; lines: string[] };

/** A list may follow a line without an empty one between. */
function blockToHtml(lines: string[]): string {
  const runs: Run[] = [];
  for (const line of lines) {
    const { kind, text } = kindOf(line);
    const last = runs.at(-1);
    if (last?.kind === kind) last.lines.push(text);
    else runs.push({ kind, lines: [text] });
  }
  return runs.map(runToHtml).join('');
}

function kindOf(line: string): { kind: Run['kind']; text: string } {
  const bullet = /^\s*[-*+]\s+(.*)$/.exec(line)?.[1];
  if (bullet !== undefined) return { kind: 'ul', text: bullet };
  const numbered = /^\s*\d+[.)]\s+(.*)$/.exec(line)?.[1];
  return numbered === undefined ? { kind: 'p', text: line } : { kind: 'ol', text: numbered };
}

function runToHtml({ kind, lines }: Run): string {
  const drawn = lines.map(inlineToHtml);
  if (kind === 'p') return `<p>${drawn.join('<br>')}</p>`;
  return `<${kind}>${drawn.map((item) => `<li>${item}</li>`).join('')}</${kind}>`;
}

function inlineToHtml(line: string): string {
  const literals: string[] = [];
  const kept = (character: string): string => `\uE000${String(literals.push(character) - 1)}\uE001`;
  const html = escapeHtml(
    line.replace(/\\([!-/:-@[-`{-~])/g, (_all, character: string) => kept(character)),
  )
    .replace(
      /\[([^\]]+)\]\(((?:https?|tel|mailto):[^)\s]+)\)/g,
      '<a href="$2" rel="noreferrer">$1</a>',
    )
    .replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\w*])\*([^*\s][^*]*)\*(?![\w*])/g, '$1<em>$2</em>')
    .replace(/(^|\W)_([^_\s][^_]*)_(?!\w)/g, '$1<em>$2</em>');
  return html.replace(/\uE000(\d+)\uE001/g, (_all, at: string) =>
    escapeHtml(literals[Number(at)] ?? ''),
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

import { isDoable, type DoableStep, type Procedure } from '../domain/procedure.ts';

/** A text that a reporter reads at one go. */
export type ReporterText = { what: string; text: string };

/** Everything a reporter may read of a procedure: its never-list, what to do until then, and the reporter’s own steps. */
export function reporterTexts({ id, reporter, steps }: Procedure): ReporterText[] {
  const card = {
    what: `${id}: what the reporter reads`,
    text: [...reporter.never, ...reporter.until_then].join(' '),
  };
  const own = steps
    .filter(isDoable)
    .filter(({ who }) => who === 'reporter')
    .map((step) => ({ what: `${id}/${step.id}`, text: textOf(step) }));
  return card.text === '' ? own : [card, ...own];
}

function textOf(step: DoableStep): string {
  const options =
    step.kind === 'question' ? step.options.map(({ label }) => asSentence(label)) : [];
  return [asSentence(step.title), step.do, step.why, ...step.never, ...options].join(' ');
}

/** Titles and labels end without a full stop; read aloud, each is a sentence of its own. */
function asSentence(words: string): string {
  return /[.?]$/.test(words) ? words : `${words}.`;
}

import type { Outcome } from './ask.ts';
import type { ModalView } from './block-kit.ts';
import { cardView, textView } from './render-card.ts';
import { nothingShown, renderScreen, type Shown } from './render-screen.ts';
import { words } from './words.ts';

/** The outcome as a window of its own, for where no form is shown that must be kept. */
export function windowFor(outcome: Outcome, shown: Shown = nothingShown): ModalView {
  switch (outcome.type) {
    case 'screen':
      return renderScreen(outcome.screen, shown);
    case 'finished':
    case 'message':
      return cardView(outcome.card);
    case 'replace':
      return cardView(outcome.card, outcome.notice);
    case 'notice':
      return textView(outcome.text);
    case 'problem':
      return textView(sentencesOf(outcome) ?? outcome.message);
    case 'failed':
      return textView(words.notSaved);
    case 'unanswered':
      return textView(words.unknownIfSaved);
    case 'choices':
    case 'home':
    case 'nothing':
    case 'replayed':
      return textView(words.nothingMore);
  }
}

/** The sentence of an outcome that leaves a form as it is; null when the outcome shows something else. */
export function sentenceOf(outcome: Outcome): string | null {
  switch (outcome.type) {
    case 'problem':
      return outcome.message;
    case 'notice':
      return outcome.text;
    case 'failed':
      return words.notSaved;
    case 'unanswered':
      return words.unknownIfSaved;
    case 'screen':
    case 'finished':
    case 'message':
    case 'replace':
    case 'choices':
    case 'home':
    case 'nothing':
    case 'replayed':
      return null;
  }
}

/** The same with what is wrong with each field, for where Slack shows nothing beside a field. */
export function sentencesOf(outcome: Outcome): string | null {
  const sentence = sentenceOf(outcome);
  if (sentence === null || outcome.type !== 'problem') return sentence;
  return [sentence, ...Object.values(outcome.fields)].filter((line) => line !== '').join('\n');
}

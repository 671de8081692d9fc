import { cardError, toast } from './answer.ts';
import { sentence } from './answer-in-dialog.ts';
import type { Way } from './received.ts';
import { sentences } from './sentences.ts';

/** For an organisation that no school of ours belongs to: one sentence, and nothing is asked or kept. */
export function notSetUp(way: Way['type']): unknown {
  switch (way) {
    case 'dialog':
      return sentence(sentences.notSetUp).body;
    case 'execute':
      return toast(sentences.notSetUp).body;
    case 'chat':
    case 'search':
      return { message: sentences.notSetUp };
  }
}

/** For data that none of our buttons carries: the card or dialog stays as it is. */
export function answerUnreadable(way: Way['type']): [status: number, body: unknown] {
  switch (way) {
    case 'execute':
      return [200, cardError(sentences.nothingHere).body];
    case 'dialog':
    case 'search':
      return [400, {}];
    case 'chat':
      return [200, null];
  }
}

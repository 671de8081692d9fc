import type { School } from '../domain/school.ts';
import type { Lane } from '../domain/audience.ts';
import { ifNobodyAnswers } from './say.ts';

/** An e-mail. It says that there is something, and nothing of what: no name, no reference, no kind. */
export type Mail = { subject: string; text: string };

/** What became of an e-mail. `unclear`: it may have gone out. */
export type MailSent =
  { type: 'sent' } | { type: 'unclear' } | { type: 'later'; waitMs: number } | { type: 'refused' };

/** Sends e-mail. Does not retry: that is the delivery job's work. */
export type Mailer = { send(to: string, mail: Mail): Promise<MailSent> };

/** For somebody whom the chat did not reach. */
export function somethingWaits(school: School): Mail {
  return {
    subject: 'Something is waiting for you in the Concern app',
    text: lines(
      `There is a message for you in the Concern app of ${school.name}, and it could not be delivered to you in Teams or Slack.`,
      'Please open the app now. If you cannot, please ring the school.',
      'This e-mail says nothing else, because e-mail is not the place for it. Please do not answer it.',
    ),
  };
}

/** For somebody who raised a concern that has not reached anybody yet. */
export function pleaseRing(school: School, lane: Lane): Mail {
  return {
    subject: 'Please ring: a message from the Concern app was not delivered',
    text: lines(
      `Something you sent in the Concern app of ${school.name} is saved, but it has not reached anybody yet.`,
      `Please do not wait: ${ifNobodyAnswers(school, lane)}. In danger, ring 999.`,
      'This e-mail says nothing else, because e-mail is not the place for it. Please do not answer it.',
    ),
  };
}

function lines(...paragraphs: string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}

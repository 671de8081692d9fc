import type { SchoolMessage } from '../../domain/notification.ts';
import { clockTime, dayAndTime } from '../../domain/deadlines.ts';
import type { Card, CardElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { text } from '../say.ts';

type Of<T extends SchoolMessage['type']> = SchoolMessage & { type: T };

const platformNames = { teams: 'Teams', slack: 'Slack' } as const;

const troubles: Record<string, string> = {
  public: 'It is public: everybody in the workspace can read it.',
  shared: 'It is shared with another organisation.',
  archived: 'It is archived.',
  'bot-not-a-member': 'I am no longer a member of it.',
  'not-found': 'I cannot find it any more.',
  unreadable: 'I cannot see who can read it.',
  'surprise-member': 'Somebody is in it who is not of the safeguarding team in the school’s file.',
};

/** The team's channel is not as closed as it must be, or is again. Source: decisions.md 24; assurance.md T7. */
export function channelAlarmCard({ platform, trouble, at }: Of<'channel-alarm'>): Card {
  const where = `the team’s channel in ${platformNames[platform]}`;
  if (trouble === null)
    return {
      kind: 'channel-alarm',
      summary: 'The team’s channel can be used again.',
      elements: [text(`All is well with ${where} again, as seen at ${clockTime(at)}.`)],
    };
  return {
    kind: 'channel-alarm',
    summary: 'Please look at the team’s channel.',
    elements: [
      text(`Please look at ${where}`, 'strong'),
      text(troubles[trouble] ?? 'Something is wrong with it.'),
      text(
        'Until that is mended nothing is posted there. New concerns come to each of you in your own chat.',
      ),
    ],
  };
}

/** Somebody of the team has left, or left the channel. Source: scenario S48. */
export function colleagueLeftCard({ cases }: Of<'colleague-left'>, mint: Mint): Card {
  const what =
    cases === 1 ? 'One case that they held has' : `${String(cases)} cases that they held have`;
  return {
    kind: 'colleague-left',
    summary: 'Cases need somebody to claim them.',
    elements: [
      text('Somebody of the safeguarding team has left.', 'strong'),
      text(`${what} nobody now. Please see that ${cases === 1 ? 'it is' : 'they are'} claimed.`),
      casesButton(mint),
    ],
  };
}

function casesButton(mint: Mint): CardElement {
  const button = mint.button(
    'See the cases',
    { type: 'start', what: 'cases', link: null },
    { style: 'primary' },
  );
  return { type: 'buttons', buttons: [button] };
}

/** The app was removed, or its key taken back. Nothing can be said there any more. Source: assurance.md R28. */
export function platformEndedCard({ platform }: Of<'platform-ended'>): Card {
  const name = platformNames[platform];
  return {
    kind: 'platform-ended',
    summary: `The app no longer works in ${name}.`,
    elements: [
      text(`The app no longer works in ${name}`, 'strong'),
      text(
        `It was removed there, or its access was taken back. Concerns can not be raised in ${name}, and nobody is told of anything there. Please ask IT today.`,
      ),
    ],
  };
}

/** The database was put back from a copy. Who raised something since is not known here any more. Source: assurance.md R30. */
export function restoredCard({ copiedAt, at }: Of<'restored'>): Card {
  const since = dayAndTime(copiedAt);
  return {
    kind: 'restored',
    summary: 'Some records may be missing.',
    elements: [
      text('Some records may be missing', 'strong'),
      text('If anyone is in danger now, ring 999 first.'),
      text(
        `The records had to be put back as they were on ${since}. What was raised or recorded between then and ${dayAndTime(at)} may not be here.`,
      ),
      text(
        'Please ask everyone who raised something in that time to raise it again. Please record again what you did. A message may come a second time.',
      ),
    ],
  };
}

/** More is coming in than is announced one by one. Source: assurance.md T26. */
export function manyWaitingCard(count: number, mint: Mint): Card {
  return {
    kind: 'many-waiting',
    summary: 'Many new items need you.',
    elements: [
      text(
        `${String(count)} ${count === 1 ? 'concern is' : 'concerns are'} not claimed yet.`,
        'strong',
      ),
      text(
        'More are coming in than are announced one by one. All are kept. Please look at the list.',
      ),
      casesButton(mint),
    ],
  };
}

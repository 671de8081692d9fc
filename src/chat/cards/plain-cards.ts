import type { School } from '../../domain/school.ts';
import type { Card, CardElement } from '../elements.ts';
import type { Mint } from '../mint.ts';
import { heading, ringYourself, spoken, teamToTell, text, type NationalContacts } from '../say.ts';

/** What this bot is for and what can be typed. */
export function helpCard(
  school: School,
  national: NationalContacts,
  mint: Mint,
  leads: boolean,
): Card {
  return {
    kind: 'help',
    summary: 'How to raise a concern',
    elements: [
      heading('Raise a concern'),
      text('If a child is in danger, ring 999 first. Then tell somebody face to face.', 'danger'),
      text(
        'Type “concern” here, or choose the button. Anything that worries you about a child or an adult belongs here, online or not. It does not have to be certain.',
      ),
      {
        type: 'facts',
        facts: [
          { label: 'concern', value: 'raise a concern' },
          { label: 'concern mine', value: 'see the ones you raised' },
          ...(leads ? [{ label: 'concern cases', value: 'see the cases you may open' }] : []),
        ],
      },
      text(elsewhere(national), 'quiet'),
      text(ringYourself(school), 'quiet'),
      {
        type: 'buttons',
        buttons: [
          mint.button(
            'Raise a concern',
            { type: 'start', what: 'raise', link: null },
            { style: 'primary' },
          ),
        ],
      },
    ],
  };
}

/** Complaints, and people outside who take whistleblowing calls. */
function elsewhere(national: NationalContacts): string {
  const outside = [national['nspcc-whistleblowing'], national.ofsted]
    .filter((contact) => contact !== undefined)
    .map(spoken);
  const ring =
    outside.length === 0 ? '' : ` For whistleblowing you can ring ${outside.join(', or ')}.`;
  return `Complaints go by the school’s complaints procedure.${ring}`;
}

/** Something was typed that is no command: it is not stored, and the person is told so. Source: decisions.md 14. */
export function notSavedCard(school: School, mint: Mint): Card {
  return {
    kind: 'not-saved',
    summary: 'That was not saved.',
    elements: [
      text('Not saved. I do not keep what is typed here.', 'strong'),
      text(
        'If it is about somebody’s safety, please raise it as a concern. In danger, ring 999 first.',
      ),
      text(ringYourself(school), 'quiet'),
      {
        type: 'buttons',
        buttons: [
          mint.button(
            'Raise it as a concern',
            { type: 'start', what: 'raise', link: null },
            { style: 'primary' },
          ),
        ],
      },
    ],
  };
}

/** A picture or file was sent. It was not opened, copied or passed on. Source: procedures.md N-UP; scenario S4. */
export function stopCard(school: School, reference: string | null): Card {
  return {
    kind: 'stop',
    summary: 'Stop. Please do not send pictures here.',
    elements: [
      ...stopWords(),
      text('Tell one of these people face to face now:'),
      { type: 'list', items: teamToTell(school) },
      ...(reference === null
        ? []
        : [
            text(
              `The safeguarding team has been told that something was sent here. Reference ${reference}.`,
              'quiet',
            ),
          ]),
      text(ringYourself(school), 'quiet'),
    ],
  };
}

export function stopWords(): CardElement[] {
  return [
    heading('Stop'),
    text('Please do not send or open pictures or files here. I have not opened it.', 'danger'),
    text(
      'Do not send it to anybody else. Do not delete it, and do not show it to a colleague.',
      'strong',
    ),
  ];
}

/** Somebody wrote to the bot where others read it: answered in their own chat, and nothing is kept. */
export function notInChannelCard(school: School, mint: Mint): Card {
  return {
    kind: 'not-in-channel',
    summary: 'That was not saved.',
    elements: [
      text('Not saved. I take no concerns in a channel, where others read them.', 'strong'),
      text(
        'Please raise it here. Leave what you wrote where it is until the safeguarding team says otherwise.',
      ),
      text('In danger, ring 999 first.', 'danger'),
      text(ringYourself(school), 'quiet'),
      {
        type: 'buttons',
        buttons: [
          mint.button(
            'Raise it as a concern',
            { type: 'start', what: 'raise', link: null },
            { style: 'primary' },
          ),
        ],
      },
    ],
  };
}

/** For somebody who is not in the school's file: a pupil, a guest, a stranger. No form, but never sent away empty-handed. */
export function strangerCard(): Card {
  return {
    kind: 'stranger',
    summary: 'This is for staff of the school.',
    elements: [
      heading('This is for staff'),
      text('In danger, ring 999.', 'danger'),
      text(
        'I do not know you as a member of staff here, so I cannot take a concern from you. Please tell a teacher, or any adult at the school whom you trust.',
      ),
      text('If you are under 19 you can ring Childline free on 0800 1111, at any hour.'),
      text('If you work here, please ask the office to add you to the list.', 'quiet'),
    ],
  };
}

/** The same words for "no such thing" and "not yours". */
export function nothingHereCard(): Card {
  return {
    kind: 'nothing-here',
    summary: 'There is nothing here for you.',
    elements: [text('There is nothing here for you.')],
  };
}

/** The same words for a case that moved, was a duplicate or was an error, so that they reveal nothing. Source: scenario S36. */
export function goneCard(reference: string): Card {
  return {
    kind: 'gone',
    summary: `${reference} is no longer in this list.`,
    elements: [text(`${reference} is no longer in this list.`)],
  };
}

import type { Card, Field, Screen } from '../../src/chat/elements.ts';
import type { Reply, Respond } from '../../src/chat/interaction.ts';

/*
 * A conversation of a few turns, as small as the port allows: two screens and a receipt.
 */

export const who: Field & { type: 'choices' } = {
  id: 'about',
  type: 'choices',
  label: 'Who is it about?',
  help: 'Tick all that may be right.',
  required: true,
  value: [],
  choices: [
    { id: 'child-here', label: 'A child here' },
    { id: 'adult-here', label: 'An adult who works here' },
  ],
};

export const said: Field = {
  id: 'said',
  type: 'long-text',
  label: 'What was said or seen',
  help: null,
  required: true,
  value: null,
  maxLength: 3000,
};

export const subject: Field & { type: 'person' } = {
  id: 'subject',
  type: 'person',
  label: 'Who?',
  help: null,
  required: false,
  value: null,
  search: 'staff',
  people: Array.from({ length: 120 }, (_, at) => ({
    id: `p${String(at)}`,
    label: `Colleague ${String(at)}`,
  })),
};

export const firstScreen: Screen = {
  title: 'Raise a concern',
  elements: [{ type: 'text', text: 'You can always ring 999 yourself.', tone: 'quiet' }],
  fields: [who],
  submit: { label: 'Next', handle: 'form:1' },
  buttons: [],
};

export const secondScreen: Screen = {
  title: 'What happened?',
  elements: [{ type: 'never', items: ['Look at it', 'Send it on'] }],
  fields: [said, subject],
  submit: { label: 'Send', handle: 'form:2' },
  buttons: [{ label: 'Back', handle: 'back', opens: 'inline', style: 'plain' }],
};

export const receipt: Card = {
  kind: 'receipt',
  summary: 'Saved. Reference HS-7Q2K9-M4XTW',
  elements: [
    { type: 'heading', text: 'Saved at 10:32' },
    { type: 'facts', facts: [{ label: 'Reference', value: 'HS-7Q2K9-M4XTW' }] },
  ],
};

export const details: Screen = {
  title: 'HS-7Q2K9-M4XTW',
  elements: [{ type: 'words', label: 'What was said', text: 'the words' }],
  fields: [],
  submit: null,
  buttons: [],
};

/** Answers as the real one would, without rules. */
export const stubConversation: Respond = (interaction) => Promise.resolve(replyTo(interaction));

function replyTo(interaction: Parameters<Respond>[0]): Reply {
  switch (interaction.type) {
    case 'asked-to-raise':
      return { type: 'screen', screen: firstScreen };
    case 'said':
      return interaction.text.startsWith('/concern')
        ? { type: 'screen', screen: firstScreen }
        : { type: 'notice', text: 'Not saved. Type /concern to raise a concern.' };
    case 'submitted':
      return afterForm(interaction.handle, interaction.values);
    case 'pressed':
      return interaction.handle === 'back'
        ? {
            type: 'screen',
            screen: { ...firstScreen, fields: [{ ...who, value: ['child-here'] }] },
          }
        : { type: 'screen', screen: details };
    case 'searched':
      return { type: 'choices', choices: subject.people.slice(40, 60) };
    case 'home-opened':
    case 'became-reachable':
    case 'account-ended':
      return { type: 'nothing' };
  }
}

function afterForm(handle: string, values: Record<string, string | string[]>): Reply {
  if (handle === 'form:1') return { type: 'screen', screen: secondScreen };
  if (values['said']) return { type: 'finished', card: receipt };
  return {
    type: 'problem',
    message: 'Not sent yet.',
    fields: { said: 'Please say what happened.' },
  };
}

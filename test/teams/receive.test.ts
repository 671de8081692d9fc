import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readActivity } from '../../src/teams/activity.ts';
import { receive } from '../../src/teams/receive.ts';
import type { Received } from '../../src/teams/received.ts';

const folder = new URL('../fixtures/teams/', import.meta.url);
const at = new Date('2026-11-28T10:32:00Z');

function fixture(name: string): Record<string, unknown> {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Record<
    string,
    unknown
  >;
}

function received(body: unknown): Received {
  const activity = readActivity(body);
  if (!activity) throw new Error('unreadable');
  return receive(activity, at);
}

const amy = {
  platform: 'teams',
  tenant: '7f0c1b52-5a35-4c6b-9f52-9f0d2f6f0001',
  user: '0c9f7a52-1111-4a7b-8d5e-3b1f1a2b0001',
  account: 'member',
};

const heard: [string, object][] = [
  ['personal-message', { type: 'said', text: '/concern', carries: 'nothing', place: 'direct' }],
  ['personal-command-from-menu', { type: 'said', text: '/concern mine' }],
  ['personal-message-with-emoji', { type: 'said', text: 'thanks 🙂', carries: 'nothing' }],
  ['personal-pasted-picture', { type: 'said', text: '', carries: 'picture-or-file' }],
  ['personal-file', { type: 'said', carries: 'picture-or-file' }],
  ['personal-picture-in-html-only', { type: 'said', carries: 'picture-or-file' }],
  ['personal-reply-quoting', { type: 'said', text: 'yes', carries: 'nothing' }],
  ['channel-mention', { type: 'said', text: '/concern something about Kai', place: 'channel' }],
  ['channel-slash-targeted', { type: 'said', text: '/concern something', place: 'channel' }],
  ['group-chat-mention', { type: 'said', text: 'hello', place: 'channel' }],
  [
    'extension-from-command-box',
    { type: 'asked-to-raise', messageLink: null, text: '', place: 'dialog' },
  ],
  ['extension-from-compose-in-channel', { type: 'asked-to-raise', place: 'dialog' }],
  [
    'extension-from-message',
    {
      type: 'asked-to-raise',
      messageLink: expect.stringMatching(/^https:\/\/teams\.microsoft\.com\/l\/message/) as string,
    },
  ],
  [
    'extension-submit',
    {
      type: 'submitted',
      handle: 'h1',
      surface: 'screen',
      values: { about: ['child-here', 'adult-here'], said: 'the words', when: '2026-11-27' },
    },
  ],
  [
    'dialog-open',
    { type: 'pressed', handle: 'h2', surface: 'message', place: 'dialog', values: {} },
  ],
  ['dialog-submit', { type: 'pressed', handle: 'h3', surface: 'screen', values: { said: 'half' } }],
  ['card-execute', { type: 'pressed', handle: 'h4', surface: 'message', place: 'channel' }],
  [
    'card-execute-form',
    {
      type: 'submitted',
      handle: 'h5',
      surface: 'message',
      place: 'direct',
      values: { about: ['child-here'] },
    },
  ],
  [
    'card-submit-as-message',
    { type: 'pressed', handle: 'h6', surface: 'message', place: 'direct' },
  ],
  ['search-people', { type: 'searched', handle: 'h7', query: 'Ha' }],
  ['installed-personal', { type: 'became-reachable', place: 'direct' }],
  [
    'bot-added-to-personal',
    {
      type: 'became-reachable',
      address: { conversation: 'a:1exampleConversationOfAmy', user: '29:1aWvExampleAmyLowe' },
    },
  ],
  [
    'bot-added-to-team',
    {
      type: 'became-reachable',
      place: 'channel',
      address: { conversation: '19:ffff@thread.tacv2', team: '19:ffff@thread.tacv2' },
    },
  ],
];

const silent = [
  'message-edited',
  'message-deleted',
  'reaction',
  'uninstalled-personal',
  'member-added-to-team',
];

const accounts: [string, object][] = [
  ['guest-message', { account: 'guest', user: amy.user }],
  ['guest-by-name', { account: 'guest' }],
  ['anonymous-message', { account: 'guest', user: '29:1anonymous' }],
  ['foreign-sender', { account: 'foreign', tenant: amy.tenant }],
  ['bot-message', { account: 'bot' }],
];

describe('what Teams sends', () => {
  it.each(heard)('%s', (name, interaction) => {
    expect(received(fixture(name))).toMatchObject({
      type: 'interaction',
      interaction: { from: amy, at, ...interaction },
    });
  });

  it.each(silent)('%s is nothing', (name) => {
    expect(received(fixture(name))).toEqual({ type: 'ignored' });
  });

  it.each(accounts)('%s', (name, from) => {
    expect(received(fixture(name))).toMatchObject({ interaction: { from } });
  });

  it('is unknown when we do not offer it', () => {
    expect(received(fixture('invoke-unknown'))).toEqual({ type: 'unknown' });
    expect(received({ ...fixture('dialog-open'), name: undefined })).toEqual({ type: 'unknown' });
  });

  it('is unreadable when it is a command that is not ours', () => {
    expect(received(fixture('extension-unknown-command'))).toMatchObject({ type: 'unreadable' });
  });

  it('gives nothing of a message but its link', () => {
    expect(JSON.stringify(received(fixture('extension-from-message')))).not.toMatch(/canary/i);
  });

  it('gives no link that does not lead to a message in Teams', () => {
    const linked = (linkToMessage: string) => ({
      ...fixture('extension-from-message'),
      value: { commandId: 'raise-concern', messagePayload: { linkToMessage } },
    });
    for (const link of [
      'https://evil.example/l/message/x',
      'javascript:x',
      'https://teams.microsoft.com.evil.example/l/message/x',
    ]) {
      expect(received(linked(link))).toMatchObject({ interaction: { messageLink: null } });
    }
  });

  it('is tried with every recorded payload', () => {
    const recorded = readdirSync(folder).map((file) => file.replace('.json', ''));
    const tried = [...heard.map(([name]) => name), ...silent, ...accounts.map(([name]) => name)];
    const alone = ['invoke-unknown', 'extension-unknown-command'];
    expect(recorded.sort()).toEqual([...tried, ...alone].sort());
  });
});

describe('our own buttons, tampered with', () => {
  const execute = (data: unknown, verb: unknown = 'press', type = 'Action.Execute') => ({
    ...fixture('card-execute'),
    value: { action: { type, verb, data }, trigger: 'manual' },
  });
  const bad: [string, unknown][] = [
    ['an unknown verb', execute({ handle: 'h' }, 'delete')],
    ['no verb', execute({ handle: 'h' }, null)],
    ['another action', execute({ handle: 'h' }, 'press', 'Action.Submit')],
    ['a list for data', execute([1])],
    ['null for data', execute(null)],
    ['no handle', execute({})],
    ['an empty handle', execute({ handle: '' })],
    ['a handle of 2,001 characters', execute({ handle: 'x'.repeat(2001) })],
    ['a handle that is a list', execute({ handle: ['h'] })],
    ['one thing more', execute({ handle: 'h', case: '1' })],
    ['an input that is no text', execute({ handle: 'h', 'field.said': { a: 1 } })],
    ['an input with an odd name', execute({ handle: 'h', 'field.a b': 'x' })],
    ['an input that is a prototype', execute({ handle: 'h', 'field.__proto__': 'x' })],
    ['no value', { ...fixture('card-execute'), value: undefined }],
    ['no data in a dialog', { ...fixture('dialog-submit'), value: { context: {} } }],
    ['a dialog without a value', { ...fixture('dialog-open'), value: null }],
    ['a search without a list', { ...fixture('search-people'), value: { queryText: 'x' } }],
    ['a message with data', { ...fixture('card-submit-as-message'), value: { verb: 'press' } }],
  ];
  it.each(bad)('are unreadable with %s', (_name, body) => {
    expect(received(body)).toMatchObject({ type: 'unreadable' });
  });

  it('lose a screen that cannot be unpacked, and nothing else', () => {
    const value = { data: { verb: 'submit', handle: 'h', screen: 'AAAA' } };
    expect(received({ ...fixture('dialog-submit'), value })).toMatchObject({
      type: 'interaction',
      way: { type: 'dialog', screen: null },
    });
  });
});

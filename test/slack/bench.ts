import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Card, Screen } from '../../src/chat/elements.ts';
import type { Interaction, Reply, Respond } from '../../src/chat/interaction.ts';
import { createSlack, type Slack, type SlackOptions } from '../../src/slack/create-slack.ts';
import type { SeenBefore } from '../../src/slack/guard.ts';
import type { SlackLogEntry } from '../../src/slack/log.ts';
import { type FakeSlack, startFakeSlack } from '../support/fake-slack.ts';

/*
 * The Slack side of the bot between a stand-in for Slack and a stub of the conversation, over real HTTP.
 */

export type Bench = {
  fake: FakeSlack;
  slack: Slack;
  url: string;
  /** What the conversation was asked, in order. */
  asked: Interaction[];
  log: SlackLogEntry[];
  heard: string[];
  /** What the conversation says from now on. */
  replies(respond: Respond | Reply): void;
  stop(): Promise<void>;
};

export const firstScreen: Screen = {
  title: 'Is anyone in danger?',
  elements: [{ type: 'text', text: 'If a child is in danger, ring 999 now.', tone: 'danger' }],
  fields: [],
  submit: null,
  buttons: [],
};

/** A memory of signatures as the database keeps them. */
export function memory(): SeenBefore {
  const seen = new Map<string, number>();
  return (key, until) => {
    const known = (seen.get(key) ?? 0) > Date.now();
    seen.set(key, until.getTime());
    return Promise.resolve(known);
  };
}

/** Starts both; `socket` for Socket Mode. Changes go over the options of `createSlack`. */
export async function startBench(
  change: Partial<SlackOptions> & { socket?: boolean; fake?: FakeSlack } = {},
): Promise<Bench> {
  const { socket = false, fake: given, ...options } = change;
  const fake = given ?? (await startFakeSlack());
  const asked: Interaction[] = [];
  const log: SlackLogEntry[] = [];
  const heard: string[] = [];
  let respond: Respond = () => Promise.resolve({ type: 'nothing' });
  const slack = createSlack({
    ...fake.settings,
    signingSecret: socket ? null : fake.settings.signingSecret,
    appToken: socket ? fake.settings.appToken : null,
    respond: (interaction) => {
      asked.push(interaction);
      return respond(interaction);
    },
    seenBefore: memory(),
    heard: {
      membersChanged: ({ channel }) => {
        heard.push(`members of ${channel}`);
        return Promise.resolve();
      },
      appEnded: (tenant) => {
        heard.push(`ended in ${tenant}`);
        return Promise.resolve();
      },
    },
    log: (entry) => log.push(entry),
    now: () => new Date(),
    firstScreen,
    ...options,
  });
  const server = createServer(express().use(slack.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  await slack.start();
  if (socket) fake.connectSocket(slack.idle);
  else fake.connect(url, slack.idle);
  return {
    fake,
    slack,
    url,
    asked,
    log,
    heard,
    replies: (next) => {
      respond = typeof next === 'function' ? next : () => Promise.resolve(next);
    },
    stop: async () => {
      await slack.stop();
      server.closeAllConnections();
      server.close();
      if (given === undefined) await fake.stop();
    },
  };
}

/** A form with one field of every kind. */
export function everyField(change: Partial<Screen> = {}): Screen {
  const choices = [
    { id: 'yes', label: 'Yes' },
    { id: 'no', label: 'No', help: 'Or not sure' },
  ];
  const base = { help: null, required: false };
  return {
    title: 'About it',
    elements: [{ type: 'text', text: 'Tell us what you know.', tone: 'plain' }],
    fields: [
      {
        ...base,
        id: 'adult',
        label: 'An adult here?',
        type: 'choice',
        choices,
        value: null,
        shown: 'buttons',
      },
      { ...base, id: 'kind', label: 'Kind', type: 'choice', choices, value: null, shown: 'list' },
      { ...base, id: 'about', label: 'About', type: 'choices', choices, value: [] },
      {
        ...base,
        id: 'who',
        label: 'Who',
        type: 'person',
        people: [],
        value: null,
        search: 'h.search',
      },
      { ...base, id: 'place', label: 'Where', type: 'text', value: null, maxLength: 250 },
      {
        ...base,
        id: 'said',
        label: 'What was said',
        type: 'long-text',
        value: null,
        maxLength: 3000,
        required: true,
      },
      { ...base, id: 'day', label: 'Day', type: 'date', value: null },
      { ...base, id: 'hour', label: 'Time', type: 'time', value: null },
    ],
    submit: { label: 'Send', handle: 'h.send' },
    buttons: [{ label: 'Back', handle: 'h.back', opens: 'inline', style: 'plain' }],
    ...change,
  };
}

export function card(text: string, change: Partial<Card> = {}): Card {
  return {
    kind: 'receipt',
    summary: 'New item HS-7Q2K9-M4XTW',
    elements: [{ type: 'text', text, tone: 'plain' }],
    ...change,
  };
}

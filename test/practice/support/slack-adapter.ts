import express from 'express';
import type { Card } from '../../../src/chat/elements.ts';
import type { Reply, Respond, Sent, Target } from '../../../src/chat/interaction.ts';
import { createSlack } from '../../../src/slack/create-slack.ts';
import { firstScreen, memory } from '../../slack/bench.ts';
import { listen } from './listen.ts';
import { secrets, startSlackPractice, type RunningSlack } from './start-slack-practice.ts';

export type SlackAdapterBench = {
  running: RunningSlack;
  /** What the conversation says from now on. */
  replies(respond: Respond | Reply): void;
  /** Sends a card to somebody's own chat. */
  send(target: Target, content: Card): Promise<Sent>;
  stop(): Promise<void>;
};

/** The bot's own Slack adapter, with a stub of the conversation behind it, in the practice workspace. */
export async function startSlackAdapter(): Promise<SlackAdapterBench> {
  const app = express();
  const bot = await listen(app);
  const running = await startSlackPractice({ botUrl: `${bot.url}/slack/events` });
  let respond: Respond = () => Promise.resolve({ type: 'nothing' });
  const slack = createSlack({
    ...secrets,
    appToken: null,
    apiUrl: `${running.url}/practice/slack/api/`,
    respond: (interaction) => respond(interaction),
    seenBefore: memory(),
    heard: { membersChanged: () => Promise.resolve(), appEnded: () => Promise.resolve() },
    log: () => undefined,
    now: () => new Date(),
    firstScreen,
  });
  app.use(slack.router);
  await slack.start();
  return {
    running,
    replies: (next) => {
      respond = typeof next === 'function' ? next : () => Promise.resolve(next);
    },
    send: (target, content) => slack.messenger.send(target, content),
    stop: async () => {
      await slack.stop();
      await running.stop();
      await bot.close();
    },
  };
}

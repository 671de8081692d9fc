import { postToBot, type BotAnswer } from '../post-to-bot.ts';
import type { Activity } from './activity.ts';

/** Sends an activity to the bot and waits for its HTTP answer. Never throws. */
export type Bot = (activity: Activity) => Promise<BotAnswer>;

/** Teams gives up on an invoke after about this long. */
const invokePatienceMs = 15_000;

/** Talks to the bot as Teams' servers would, but unsigned: the bot takes that from loopback only. */
export function createBot(url: string, patienceMs = invokePatienceMs): Bot {
  return (activity) =>
    postToBot(url, {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(activity),
      patienceMs,
    });
}

import express from 'express';
import { createPractice, type Practice } from '../../../src/practice/practice.ts';
import { directory } from './directory.ts';
import { startEchoBot, type EchoBot } from './echo-bot.ts';
import { listen } from './listen.ts';

export type RunningPractice = {
  url: string;
  bot: EchoBot;
  practice: Practice;
  /** What the bot is told as its service URL. */
  serviceUrl: string;
  stop(): Promise<void>;
};

/** The workspace and a bot, each on a port of its own, talking over HTTP only. */
export async function startPractice(port = 0): Promise<RunningPractice> {
  const bot = await startEchoBot();
  const app = express();
  const { url, close } = await listen(app, port);
  const serviceUrl = `${url}/practice/connector`;
  const practice = createPractice({
    mode: 'practice',
    botUrl: bot.url,
    connectorUrl: serviceUrl,
    directory,
    log: { info: () => undefined, warn: () => undefined },
  });
  app.use(practice.router);
  return {
    ...{ url, bot, practice, serviceUrl },
    async stop() {
      practice.close();
      await close();
      await bot.close();
    },
  };
}

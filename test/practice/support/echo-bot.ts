import express from 'express';
import type { Json } from '../../../src/practice/wire.ts';
import { emergencyCard, formCard, pointerCard, stepCard, textCard } from './cards.ts';
import { listen } from './listen.ts';

/** An activity as it arrived, read no further than here needed. */
export type Arrived = Json & {
  type: string;
  id: string;
  name?: string;
  text?: string;
  value?: Json;
  serviceUrl: string;
  replyToId?: string;
  conversation: { id: string; conversationType: string; tenantId: string };
  from: { id: string; name: string; aadObjectId: string };
  attachments?: { contentType: string; contentUrl: string }[];
};

export type EchoBot = {
  url: string;
  arrived: Arrived[];
  /** Answers with this status until told otherwise; 200 is normal. */
  failWith: (status: number) => void;
  close: () => Promise<void>;
};

/** A bot that speaks bare Bot Framework JSON over HTTP, with no SDK, and knows some tricks by name. */
export async function startEchoBot(): Promise<EchoBot> {
  const arrived: Arrived[] = [];
  let status = 200;
  const app = express();
  app.post('/api/messages', express.json(), async (req, res) => {
    const activity = req.body as Arrived;
    arrived.push(activity);
    if (status !== 200) {
      res.status(status).end();
      return;
    }
    if (activity.type === 'invoke') {
      await answerInvoke(activity, res);
      return;
    }
    if (activity.type === 'message') await answerMessage(activity);
    res.status(200).end();
  });
  const { url, close } = await listen(app);
  return {
    url: `${url}/api/messages`,
    arrived,
    failWith: (next) => {
      status = next;
    },
    close,
  };
}

/** Calls the connector as the bot does; gives the status and the body. */
export async function callConnector(
  serviceUrl: string,
  method: string,
  path: string,
  body?: Json,
): Promise<{ status: number; body: Json }> {
  const response = await fetch(`${serviceUrl}/v3/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as Json };
}

/** A message with a card, and what a lock screen may show of it. */
export function cardActivity(content: Json, summary = 'Something needs you'): Json {
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content }];
  return { type: 'message', summary, attachments };
}

async function answerMessage(activity: Arrived): Promise<void> {
  const send = (sent: Json) =>
    callConnector(
      activity.serviceUrl,
      'POST',
      `conversations/${encodeURIComponent(activity.conversation.id)}/activities`,
      sent,
    );
  const text = (activity.text ?? '').replace(/<at>.*<\/at>/, '').trim();
  if ((activity.attachments ?? []).length > 0)
    await send({
      type: 'message',
      text: 'Stop. Please do not send pictures here. I have not opened it.',
      textFormat: 'plain',
    });
  else if (activity.value !== undefined)
    await send({
      type: 'message',
      text: `Got ${JSON.stringify(activity.value)}`,
      textFormat: 'plain',
    });
  else if (text === '/concern') await send(cardActivity(emergencyCard()));
  else if (text === 'step') await send(cardActivity(stepCard(), 'HS-7Q2K9-M4XTW needs you'));
  else if (text === 'form') await send(cardActivity(formCard()));
  else if (text === 'tell the leads') await tellLeads(activity);
  else await send({ type: 'message', text: `You said: ${text}` });
}

async function tellLeads({ serviceUrl }: Arrived): Promise<void> {
  await callConnector(serviceUrl, 'POST', 'conversations', {
    isGroup: true,
    channelData: { channel: { id: '19:practice-dsl@thread.tacv2' } },
    activity: cardActivity(pointerCard('Not claimed yet'), 'New item HS-7Q2K9-M4XTW needs you'),
  });
}

async function answerInvoke(activity: Arrived, res: express.Response): Promise<void> {
  switch (activity.name) {
    case 'adaptiveCard/action':
      await answerPress(activity, res);
      return;
    case 'task/fetch':
    case 'composeExtension/fetchTask':
      res.json(dialog('What happened', formCard()));
      return;
    case 'task/submit':
    case 'composeExtension/submitAction':
      answerDialog(activity, res);
      return;
    case 'application/search':
      res.json(people(String(activity.value?.['queryText'])));
      return;
    case undefined:
    default: // whatever Teams may ask that this bot does not know
      res.status(501).end();
  }
}

async function answerPress(activity: Arrived, res: express.Response): Promise<void> {
  const { verb } = activity.value?.['action'] as { verb: string };
  if (verb === 'fail') {
    res.json({
      statusCode: 400,
      type: 'application/vnd.microsoft.error',
      value: { code: '400', message: 'Not saved. Please try again in a minute.' },
    });
    return;
  }
  if (verb === 'claim') {
    await callConnector(
      activity.serviceUrl,
      'PUT',
      `conversations/${encodeURIComponent(activity.conversation.id)}/activities/${activity.replyToId ?? ''}`,
      cardActivity(pointerCard('Claimed by P. Nair 10:36'), 'New item HS-7Q2K9-M4XTW needs you'),
    );
    res.json({
      statusCode: 200,
      type: 'application/vnd.microsoft.activity.message',
      value: 'Claimed.',
    });
    return;
  }
  res.json({
    statusCode: 200,
    type: 'application/vnd.microsoft.card.adaptive',
    value: textCard(`You chose ${verb}.`),
  });
}

function answerDialog(activity: Arrived, res: express.Response): void {
  const data = activity.value?.['data'] as Json;
  if (data['step'] === 'fail') res.status(500).end();
  else if (data['step'] === 'next')
    res.json({ task: { type: 'message', value: 'Saved at 10:32. Reference HS-7Q2K9-M4XTW.' } });
  else res.json({});
}

function dialog(title: string, content: Json): Json {
  return {
    task: {
      type: 'continue',
      value: {
        title,
        width: 'medium',
        card: { contentType: 'application/vnd.microsoft.card.adaptive', content },
      },
    },
  };
}

function people(query: string): Json {
  const names = ['Ruth Carr', 'Tom Hale', 'Ewa Zielinska'].filter((name) =>
    name.toLowerCase().includes(query.toLowerCase()),
  );
  const results = names.map((title, at) => ({ title, value: `p${String(at)}` }));
  return {
    statusCode: 200,
    type: 'application/vnd.microsoft.search.searchResponse',
    value: { results },
  };
}

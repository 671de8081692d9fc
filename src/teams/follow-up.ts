import type { Activity } from 'botbuilder';
import type { Sent } from '../chat/interaction.ts';
import { isDirect, tenantOf, type IncomingActivity } from './activity.ts';
import { addressOf } from './address.ts';
import type { FollowUp } from './answer.ts';
import type { Connector } from './connector.ts';
import type { Log } from './log.ts';
import { outcomeOf } from './outcome.ts';
import { sendToPerson } from './send.ts';

type Options = { connector: Connector; appId: string; log: Log; now: () => Date };

/** Sends what belongs to an answer. It is tried once; a person who sees nothing asks again. */
export function createFollowUp(options: Options) {
  return async (activity: IncomingActivity, then: FollowUp[]): Promise<void> => {
    for (const one of then) {
      const sent = await carryOut(one, activity, options);
      if (sent.type !== 'sent')
        options.log('teams-not-shown', { what: one.type, why: whyOf(sent) });
    }
  };
}

function carryOut(one: FollowUp, from: IncomingActivity, options: Options): Promise<Sent> {
  switch (one.type) {
    case 'post':
      return post(one.activity, from, options);
    case 'redraw':
      return redraw(one, from, options);
  }
}

/** In the person's own chat, wherever it was asked. */
function post(activity: Partial<Activity>, from: IncomingActivity, options: Options) {
  const person = {
    serviceUrl: from.serviceUrl,
    tenant: tenantOf(from) ?? '',
    user: from.from.id,
    address: isDirect(from) ? addressOf(from) : null,
  };
  return sendToPerson(person, activity, options);
}

async function redraw(
  { message, activity }: Extract<FollowUp, { type: 'redraw' }>,
  { serviceUrl, conversation }: IncomingActivity,
  { connector, now }: Options,
): Promise<Sent> {
  try {
    await connector.put(serviceUrl, conversation.id, message, { ...activity, id: message });
    return { type: 'sent', message: {}, address: null };
  } catch (error) {
    return outcomeOf(error, 'update', now());
  }
}

function whyOf(sent: Exclude<Sent, { type: 'sent' }>): string {
  return sent.type === 'refused' ? sent.reason : sent.type;
}

import type { DialogOrigin, PressReply, WireChat } from '../../wire.ts';
import { request } from '../api.ts';
import type { CardHost } from '../cards/card.tsx';
import type { StartDialog } from './use-dialog.ts';

type Where = { person: string; chat: WireChat; openDialog: StartDialog };

/** What the buttons of a card in a chat do: change it, send it, or open a dialog. */
export function messageCardHost({ person, chat, openDialog }: Where, message: string): CardHost {
  const where = { person, chat: chat.id, message };
  return {
    press(press): Promise<PressReply> {
      if (press.type === 'execute') {
        const { id, verb, data } = press;
        return request('execute', { ...where, action: { id, verb, data } });
      }
      return opensDialog(press.data)
        ? openDialog({ type: 'card', message }, press.data)
        : request('submit', { ...where, data: press.data });
    },
    search: (dataset, query) => searchFor(person, chat.id, dataset, query),
  };
}

/** What the buttons of a card in a dialog do: all of them send it, as in Teams. */
export function dialogCardHost(
  person: string,
  chat: string,
  origin: DialogOrigin,
  answered: (reply: Awaited<ReturnType<typeof fill>>) => PressReply,
): CardHost {
  return {
    press: async ({ data }) => answered(await fill(person, chat, origin, data)),
    search: (dataset, query) => searchFor(person, chat, dataset, query),
  };
}

function fill(person: string, chat: string, origin: DialogOrigin, data: unknown) {
  return request('fill', { person, chat, origin, data });
}

async function searchFor(person: string, chat: string, dataset: string, query: string) {
  const { results } = await request('search', { person, chat, dataset, query, data: {} });
  return results;
}

/** `data.msteams.type` says what Teams does with a press before the bot hears of it. */
function opensDialog(data: unknown): boolean {
  const { msteams } = data as { msteams?: { type?: unknown } };
  return msteams?.type === 'task/fetch';
}

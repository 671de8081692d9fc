import { useRef, useState } from 'react';
import type { DialogOrigin, DialogReply, PressReply } from '../../wire.ts';
import { request } from '../api.ts';

export type OpenDialog = {
  chat: string;
  origin: DialogOrigin;
  first: DialogReply & { type: 'card' | 'message' };
};

export type StartDialog = (origin: DialogOrigin, data: unknown) => Promise<PressReply>;

/** The dialog of one pane: there is one at most, and the focus goes back to where it was opened. */
export function useDialog(person: string) {
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const opener = useRef<Element | null>(null);

  const start = async (chat: string, origin: DialogOrigin, data: unknown): Promise<PressReply> => {
    opener.current = document.activeElement;
    const first = await request('open', { person, chat, origin, data });
    if (first.type === 'failed') return first;
    if (first.type !== 'closed') setOpen({ chat, origin, first });
    return { type: 'done' };
  };
  const close = () => {
    setOpen(null);
    const back = opener.current;
    // Only then is the chat behind the dialog open to the focus again.
    requestAnimationFrame(() => {
      if (back instanceof HTMLElement && back.isConnected) back.focus();
    });
  };
  return { open, start, close };
}

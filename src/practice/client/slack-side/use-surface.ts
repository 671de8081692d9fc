import { useRef, useState } from 'react';
import type { Json } from '../../wire.ts';
import type { InputState, SlackPressReply, Surface } from '../../slack-side/wire.ts';
import { serverGone } from '../api.ts';
import { request } from './api.ts';
import type { Form } from './use-form.ts';

/** What the blocks of a surface can do, and whether they are doing it. */
export type SurfaceHost = {
  form: Form;
  /** The element that waits for the bot's acknowledgement. */
  busy: string | null;
  trouble: string | null;
  press: (block: string, action: string, chosen: InputState | null) => void;
  options: (block: string, action: string, query: string) => Promise<Json[]>;
};

/** Lets the elements of a surface be pressed, one at a time: a second press meanwhile is not sent. */
export function useSurface(person: string, at: Surface, form: Form): SurfaceHost {
  const [busy, setBusy] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const onItsWay = useRef(false);
  const { values } = form;
  return {
    ...{ form, busy, trouble },
    press(block, action, chosen) {
      if (onItsWay.current) return;
      onItsWay.current = true;
      setBusy(elementName(block, action));
      void request('press', { person, at, block, action, chosen, values })
        .catch((): SlackPressReply => serverGone)
        .then((reply) => {
          onItsWay.current = false;
          setBusy(null);
          setTrouble(reply.type === 'failed' ? reply.text : null);
        });
    },
    async options(block, action, query) {
      const asked = { person, at, block, action, query, values };
      const { options } = await request('options', asked);
      return options;
    },
  };
}

/** One name for an element of a surface. */
export function elementName(block: string, action: string): string {
  return `${block} ${action}`;
}

import {
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import type { SlackWindow, SubmitReply } from '../../slack-side/wire.ts';
import { serverGone } from '../api.ts';
import { AskBeforeLosing } from '../ask-before-losing.tsx';
import { keepTabInside } from '../keep-tab-inside.ts';
import { request } from './api.ts';
import { Blocks } from './blocks/blocks.tsx';
import { textOf } from './blocks/text.ts';
import { blocksOf, missingIn } from './form-state.ts';
import { forgetForm, useForm, type Form } from './use-form.ts';
import { useSurface } from './use-surface.ts';

type WindowProps = { person: string; shown: SlackWindow; isPushed: boolean };

/**
 * A modal over one pane. It keeps the keyboard to itself but leaves the other pane alone, because
 * another person sits there. What was typed stays when the bot draws it anew, and is not thrown away
 * without asking.
 */
export function Window({ person, shown, isPushed }: WindowProps) {
  const { id, hash, view } = shown;
  const blocks = blocksOf(view);
  const root = useRef<HTMLDivElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  const form = useForm(id, hash, blocks);
  const host = useSurface(person, { type: 'view', view: id }, form);
  const sending = useSending({ person, shown, form });
  // What the close button of a pushed window closes is itself; the cross closes everything.
  const [asking, ask] = useState<'this' | 'all' | null>(null);
  useFocusOnDrawing(root, title, { hash, heading: textOf(view['title']) });
  useFocusOnErrors(root, form);

  const leave = (what: 'this' | 'all') => {
    if (form.isDirty && asking === null) ask(what);
    else {
      forgetForm(id);
      void request('close', { person, view: id, all: what === 'all' }).catch(() => undefined);
    }
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape') leave('all');
    if (root.current !== null) keepTabInside(root.current, event);
  };

  return (
    <div className="dialog-place">
      <div
        className="dialog window"
        role="dialog"
        aria-labelledby={titleId}
        ref={root}
        onKeyDown={onKey}
      >
        <Head
          {...{ view, titleId, title }}
          onClose={() => {
            leave('all');
          }}
        />
        <form className="window-form" noValidate onSubmit={sending.onSubmit}>
          <div className="dialog-content" tabIndex={0} role="region" aria-labelledby={titleId}>
            <Blocks blocks={blocks} host={host} />
          </div>
          <div role="alert">
            {sending.trouble !== null && <p className="alert danger">{sending.trouble}</p>}
          </div>
          {asking === null && (
            <Foot
              {...{ view, isPushed }}
              isSending={sending.isSending}
              onClose={() => {
                leave('this');
              }}
            />
          )}
        </form>
        {asking !== null && (
          <AskBeforeLosing
            onStay={() => {
              ask(null);
              title.current?.focus();
            }}
            onLeave={() => {
              leave(asking);
            }}
          />
        )}
      </div>
    </div>
  );
}

type HeadProps = {
  view: SlackWindow['view'];
  titleId: string;
  title: RefObject<HTMLHeadingElement | null>;
  onClose: () => void;
};

function Head({ view, titleId, title, onClose }: HeadProps) {
  return (
    <div className="dialog-head">
      <h3 id={titleId} ref={title} tabIndex={-1}>
        {textOf(view['title'])}
      </h3>
      <button type="button" className="icon" aria-label="Close" onClick={onClose}>
        ×
      </button>
    </div>
  );
}

type FootProps = {
  view: SlackWindow['view'];
  isPushed: boolean;
  isSending: boolean;
  onClose: () => void;
};

function Foot({ view, isPushed, isSending, onClose }: FootProps) {
  const submit = textOf(view['submit']);
  return (
    <div className="window-foot">
      <button type="button" onClick={onClose}>
        {textOf(view['close']) || (isPushed ? 'Back' : 'Cancel')}
      </button>
      {submit !== '' && (
        <button type="submit" className="primary" aria-busy={isSending}>
          {isSending ? `${submit} …` : submit}
        </button>
      )}
    </div>
  );
}

type SendingProps = { person: string; shown: SlackWindow; form: Form };

/** Sends the window, once at a time, and not before what is required is there. */
function useSending({ person, shown: { id, view }, form }: SendingProps) {
  const [isSending, setSending] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const send = async () => {
    const missing = missingIn(blocksOf(view), form.values);
    form.setErrors(missing);
    if (Object.keys(missing).length > 0 || isSending) return;
    setSending(true);
    const asked = { person, view: id, values: form.values };
    const reply = await request('submit', asked).catch((): SubmitReply => serverGone);
    setSending(false);
    setTrouble(reply.type === 'failed' ? reply.text : null);
    if (reply.type === 'errors') form.setErrors(reply.errors);
  };
  const onSubmit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    void send();
  };
  return { isSending, trouble, onSubmit };
}

type Drawing = { hash: string; heading: string };

/**
 * A new page begins at its top, with its title read out. The same page drawn again leaves the reader
 * where they are, unless what had the focus is gone.
 */
function useFocusOnDrawing(
  root: RefObject<HTMLElement | null>,
  title: RefObject<HTMLElement | null>,
  { hash, heading }: Drawing,
): void {
  useLayoutEffect(() => {
    title.current?.focus();
    root.current?.querySelector('.dialog-content')?.scrollTo(0, 0);
  }, [root, title, heading]);
  useLayoutEffect(() => {
    if (root.current?.contains(document.activeElement) !== true) title.current?.focus();
  }, [root, title, hash]);
}

function useFocusOnErrors(root: RefObject<HTMLElement | null>, { errors }: Form): void {
  const wrong = Object.keys(errors).join(' ');
  const before = useRef('');
  useEffect(() => {
    const isNew = wrong !== '' && before.current === '';
    before.current = wrong;
    const first = root.current?.querySelector<HTMLElement>('[data-wrong=true]');
    const selector = 'input, select, textarea';
    if (isNew) first?.querySelector<HTMLElement>(selector)?.focus();
  }, [root, wrong]);
}

import { answerEvent, type EventDeps } from './answer-event.ts';
import { answerInWindow } from './answer-in-window.ts';
import { answerPress } from './answer-press.ts';
import { answerSearch } from './answer-search.ts';
import { answerSubmission } from './answer-submission.ts';
import type { Incoming } from './incoming.ts';
import {
  receiveCommand,
  receiveMessageShortcut,
  receivePress,
  receiveSearch,
  receiveShortcut,
  receiveSubmission,
} from './receive.ts';

/** `refused`: the payload is none that this app could have caused; nothing was done. */
export type Delivered = 'answered' | 'refused';

/** One payload from receipt to answer: the same for HTTP and for the socket. */
export async function deliver(deps: EventDeps, incoming: Incoming): Promise<Delivered> {
  const { answering } = deps;
  const { payload } = incoming;
  switch (payload.type) {
    case 'command':
      return done(
        answerInWindow(answering, incoming, receiveCommand(payload), {
          trigger: payload.trigger_id,
          view: answering.firstView,
          acksText: true,
        }),
      );
    case 'shortcut':
    case 'message_action': {
      const asked =
        payload.type === 'shortcut' ? receiveShortcut(payload) : receiveMessageShortcut(payload);
      const { firstView: view } = answering;
      const how = { trigger: payload.trigger_id, view, acksText: false };
      return done(answerInWindow(answering, incoming, asked, how));
    }
    case 'block_actions': {
      const press = receivePress(payload);
      return press === null ? 'refused' : done(answerPress(answering, incoming, press, payload));
    }
    case 'view_submission': {
      const sent = receiveSubmission(payload);
      return sent === null
        ? 'refused'
        : done(answerSubmission(answering, incoming, sent, payload.view));
    }
    case 'block_suggestion': {
      const search = receiveSearch(payload);
      return search === null ? 'refused' : done(answerSearch(answering, incoming, search));
    }
    case 'view_closed':
      return done(incoming.ack());
    case 'event_callback':
      return done(answerEvent(deps, incoming, payload));
  }
}

async function done(answering: Promise<void>): Promise<Delivered> {
  await answering;
  return 'answered';
}

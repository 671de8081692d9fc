import type { Json } from '../../wire.ts';
import { viewProblems } from '../blocks.ts';
import { echoOf, type Window } from '../windows.ts';
import { jsonIn, refuse, textIn, type Args, type MethodParts, type Methods } from './arguments.ts';

/** Modals and the App Home. */
export const viewMethods: Methods = {
  'views.open': (parts, args) => openWindow(parts, args, () => null),

  'views.push': (parts, args) =>
    openWindow(parts, args, (person) =>
      parts.windows.stackOf(person).length === 0 ? refuse('not_found') : null,
    ),

  'views.update': ({ roster, windows }, args) => {
    const [id, external] = [args['view_id'], args['external_id']].map(textOrNothing);
    const window = windows.find({ id, external });
    if (window === undefined) return refuse('not_found');
    const hash = textOrNothing(args['hash']);
    if (hash !== undefined && hash !== window.hash) return refuse('hash_conflict');
    const view = readView(args, window.view['type'] === 'home' ? 'home' : 'modal');
    if (!view.ok) return view.refusal;
    windows.draw(window, view.view);
    return { ok: true, view: echoOf(window, roster.team) };
  },

  'views.publish': ({ roster, windows }, args) => {
    const view = readView(args, 'home');
    if (!view.ok) return view.refusal;
    const person = roster.user(textIn(args, 'user_id'));
    if (person === undefined) return refuse('user_not_found');
    return { ok: true, view: echoOf(windows.publish(person.key, view.view), roster.team) };
  },
};

type ReadView = { ok: true; view: Json } | { ok: false; refusal: Json & { ok: false } };

function openWindow(
  { roster, windows, triggers }: MethodParts,
  args: Args,
  mayNot: (person: string) => (Json & { ok: false }) | null,
): Json & { ok: boolean } {
  const trigger = triggers.look(textIn(args, 'trigger_id'));
  if (!trigger.ok) return refuse(trigger.error);
  const view = readView(args, 'modal');
  if (!view.ok) return view.refusal;
  const { key } = trigger.person;
  const refused = mayNot(key);
  if (refused !== null) return refused;
  triggers.use(textIn(args, 'trigger_id'));
  const opened: Window | null = windows.open(key, view.view);
  if (opened === null) return refuse('push_limit_reached');
  return { ok: true, view: echoOf(opened, roster.team) };
}

function readView(args: Args, type: 'modal' | 'home'): ReadView {
  const view = jsonIn(args, 'view');
  const problems = viewProblems(view);
  const wrongType = problems.length === 0 && (view as Json)['type'] !== type;
  const messages = wrongType ? [`[ERROR] the view must be a ${type} here`] : problems;
  return messages.length === 0
    ? { ok: true, view: view as Json }
    : { ok: false, refusal: refuse('invalid_arguments', { response_metadata: { messages } }) };
}

function textOrNothing(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

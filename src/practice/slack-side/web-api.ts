import { json, Router, urlencoded, type Request } from 'express';
import type { Json } from '../wire.ts';
import type { Args, MethodParts, Methods } from './methods/arguments.ts';
import { refuse } from './methods/arguments.ts';
import { chatMethods } from './methods/chat-methods.ts';
import { peopleMethods } from './methods/people-methods.ts';
import { viewMethods } from './methods/view-methods.ts';

export type WebApiParts = MethodParts & {
  botToken: string;
  /** Told of what a correct bot does not send, with what Slack would say against it. */
  onMistake: (what: string, details: string[]) => void;
};

const methods = new Map(
  Object.entries<Methods[string]>({ ...peopleMethods, ...chatMethods, ...viewMethods }),
);

/** Codes that no correct bot ever causes. Others, such as a closed window or a late trigger, happen. */
const mistakes = new Set([
  'unknown_method',
  'not_authed',
  'invalid_auth',
  'invalid_form_data',
  'invalid_arguments',
  'invalid_blocks',
  'no_text',
  'msg_too_long',
  'push_limit_reached',
  'exchanged_trigger_id',
  'invalid_trigger_id',
]);

/** Slack's side of the Web API: what a bot calls. As much of it as the bot's scopes allow. */
export function webApiRouter(parts: WebApiParts): Router {
  const router = Router();
  router.use(urlencoded({ extended: false, limit: '1mb' }), json({ limit: '1mb' }));
  router.post('/:method', (req, res) => {
    const answer = answerTo(parts, req);
    const { error } = answer;
    if (typeof error === 'string' && mistakes.has(error))
      parts.onMistake(`${req.params.method}:${error}`, messagesIn(answer));
    res.json(answer);
  });
  return router;
}

function answerTo(parts: WebApiParts, req: Request<{ method: string }>): Json & { ok: boolean } {
  const { authorization } = req.headers;
  if (authorization === undefined) return refuse('not_authed');
  if (authorization !== `Bearer ${parts.botToken}`) return refuse('invalid_auth');
  const method = methods.get(req.params.method);
  if (method === undefined) return refuse('unknown_method');
  const args: unknown = req.body;
  if (typeof args !== 'object' || args === null) return refuse('invalid_form_data');
  return method(parts, args as Args);
}

function messagesIn({ response_metadata: metadata }: Json): string[] {
  const { messages = [] } = (metadata ?? {}) as { messages?: string[] };
  return messages;
}

import { nameOf, type CaseView } from '../app/view-case.ts';
import type { Answer } from '../domain/answer.ts';
import type { CaseEvent, RecordedEvent } from '../domain/case-events.ts';
import { isDoable } from '../domain/procedure.ts';
import { childWord } from './cards/step-words.ts';

/** One event of a case in a sentence, for people entitled to it: with names and with what was written. */
export function chronicle(view: CaseView, { event }: RecordedEvent): string {
  const name = (id: string | null) => nameOf(view.school.people, id);
  switch (event.type) {
    case 'concern-raised':
      return event.source === 'picture'
        ? 'sent a picture or file to the bot; it was not opened'
        : 'raised the concern';
    case 'words-added':
      return 'added something to the concern';
    case 'worry-repeated':
      return 'is still worried';
    case 'claimed':
      return 'claimed it';
    case 'unclaimed':
      return withReason('gave it back', event.reason);
    case 'handed-over':
      return `handed it over to ${name(event.to)}`;
    case 'conflict-declared':
      return `said that ${name(event.person)} must not handle it`;
    case 'answered':
      return answered(view, event);
    case 'child-named':
      return `named ${event.name}${event.year === '' ? '' : `, ${event.year}`}`;
    case 'adult-named':
      return `said that the adult is ${event.person === null ? (event.typed ?? 'not known') : name(event.person)}`;
    case 'moved-to-manager':
      return 'it became a confidential matter';
    case 'released-to-lead':
      return 'it was given to the safeguarding team';
    case 'alerted':
      return `alerted ${event.people.map(name).join(', ')}`;
    case 'urgency-changed':
      return withReason(`changed the urgency to ${event.to}`, event.reason);
    case 'noted':
      return `note: ${event.text}`;
    case 'task-given':
      return `gave task ${event.task} to ${name(event.to)}`;
    case 'task-declined':
      return withReason(`handed task ${event.task} back`, event.reason);
    case 'closing-proposed':
      return `asked for it to be closed. Summary: ${event.summary} Outcome: ${event.outcome}`;
    case 'closing-returned':
      return withReason('sent the closing back', event.reason);
    case 'closed':
      return 'closed it';
    case 'reopened':
      return withReason('opened it again', event.reason);
    case 'linked':
      return `linked it (${event.as.replaceAll('-', ' ')})`;
    case 'policy-switched':
      return `switched to version ${String(event.policy.version)} of the procedure`;
    case 'picture-dropped':
      return 'sent a picture or file to the bot; it was not opened';
    case 'viewed':
      return `read it (${event.what.replaceAll('-', ' ')})`;
    case 'reached':
      return `told ${told(name, event)}${event.again ? ', sent again' : ''}`;
    case 'not-reached':
      return `could not reach ${told(name, event)}, because: ${event.why.replaceAll('-', ' ')}`;
  }
}

type Telling = CaseEvent & { type: 'reached' | 'not-reached' };

/** `Priya Nair by Teams: what to do next`. */
function told(name: (id: string | null) => string, { person, route, message }: Telling): string {
  const who = person === null ? 'the team’s channel' : name(person);
  return `${who} by ${routeWords[route] ?? route}: ${messageWords[message] ?? message.replaceAll('-', ' ')}`;
}

const routeWords: Record<string, string> = {
  teams: 'Teams',
  slack: 'Slack',
  email: 'e-mail',
  direct: 'any way that there is',
};

const messageWords: Record<string, string> = {
  'new-concern': 'there is a new concern',
  'new-concern-in-channel': 'there is a new concern',
  confidential: 'a confidential matter',
  receipt: 'the receipt',
  seen: 'it was seen',
  closed: 'it is closed',
  walk: 'what to do next',
  task: 'a task',
  'please-sign': 'please confirm the closing',
  'nobody-answered': 'nobody has answered yet, and whom to ring',
  'own-duty': 'the law now asks them to tell somebody themselves',
  'not-delivered': 'not delivered yet, and whom to ring',
  reminder: 'a reminder',
};

function withReason(words: string, reason: string | null): string {
  return reason === null || reason === '' ? words : `${words}: ${reason}`;
}

function answered(
  { policy, state }: CaseView,
  { answer, revises }: CaseEvent & { type: 'answered' },
): string {
  const step = policy.steps.get(answer.step);
  const title = step?.title ?? answer.step;
  const child = answer.child === null ? '' : ` (${childWord(state.children, answer.child)})`;
  const part = answer.part === 'outcome' ? ', their answer' : '';
  return `${revises ? 'changed ' : ''}${title}${child}${part}: ${what(answer, step)}`;
}

function what(answer: Answer, step: ReturnType<CaseView['policy']['steps']['get']>): string {
  const fields = step !== undefined && isDoable(step) ? step.record : [];
  const label = (id: string) => fields.find((field) => field.id === id)?.label ?? id;
  const options = step?.kind === 'question' ? step.options : [];
  const chosen = answer.chosen.map((id) => options.find((option) => option.id === id)?.label ?? id);
  const record = Object.entries(answer.record).map(([id, value]) => `${label(id)}: ${value}`);
  const result = {
    chosen: '',
    done: 'done',
    'not-done': 'not done',
    'not-applicable': 'does not apply',
  }[answer.result];
  return [
    ...chosen,
    result,
    ...record,
    ...(answer.reason === null ? [] : [`Reason: ${answer.reason}`]),
  ]
    .filter(Boolean)
    .join('. ');
}

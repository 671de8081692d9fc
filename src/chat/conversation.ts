import type { Account } from '../app/ports.ts';
import { endAccount } from '../app/end-account.ts';
import { hasRole } from '../domain/people.ts';
import { act } from './act.ts';
import { actionSchema } from './action.ts';
import { bringWalk } from './case-reading.ts';
import {
  helpCard,
  notInChannelCard,
  notSavedCard,
  stopCard,
  strangerCard,
} from './cards/plain-cards.ts';
import { contextOf, drawn, notice, type ChatDeps, type Context } from './context.ts';
import type { Interaction, Reply, Respond } from './interaction.ts';
import { cases, home, mine } from './lists.ts';
import { startRaising } from './raise.ts';
import { flagPicture } from './send-concern.ts';
import { dutyCard } from './duties.ts';
import { readCommand, type TypedCommand } from './read-command.ts';
import { staffChoices } from './screens/staff.ts';
import { whichSchool } from './which-school.ts';
import { notSaved } from './not-saved.ts';

/** Something went wrong inside: told to the log by its code alone. */
export type Fault = (where: Interaction['type'], fault: unknown) => void;

/**
 * The conversation. Every interaction gets an answer; when something inside fails, the person still hears
 * that it was not saved and whom to tell.
 */
export function createConversation(chat: ChatDeps, onFault: Fault): Respond {
  return async (interaction) => {
    try {
      return await answer(chat, interaction);
    } catch (fault) {
      onFault(interaction.type, fault);
      return notSaved(interaction);
    }
  };
}

async function answer(chat: ChatDeps, interaction: Interaction): Promise<Reply> {
  if (interaction.from.account === 'bot') return { type: 'nothing' };
  if (interaction.type === 'became-reachable') return remember(chat, interaction);
  if (interaction.type === 'account-ended') return leave(chat, interaction);
  // The platform's own word may have been missed; whoever still tries something is found out by it.
  if (interaction.from.account === 'ended') await endAccount(chat.app, accountOf(interaction));
  return toStaff(chat, interaction);
}

async function toStaff(chat: ChatDeps, interaction: Interaction): Promise<Reply> {
  const staff =
    interaction.from.account === 'member'
      ? await chat.app.store.schoolsOf(accountOf(interaction))
      : [];
  const surface = 'surface' in interaction ? interaction.surface : 'message';
  const contexts = staff.map(({ school, person }) =>
    contextOf(chat, school, person, { now: interaction.at, surface }),
  );
  if (contexts.length === 0) return stranger(interaction);
  if (interaction.type === 'pressed' || interaction.type === 'submitted')
    return pressed(chat, contexts, interaction);
  if (interaction.type === 'searched') return searched(contexts, interaction.query);
  const [only] = contexts;
  if (contexts.length > 1 || only === undefined) return whichSchool(contexts, interaction);
  return opened(only, interaction);
}

function accountOf({ from: { platform, tenant, user } }: Interaction): Account {
  return { platform, tenant, user };
}

async function remember(
  chat: ChatDeps,
  interaction: Interaction & { type: 'became-reachable' },
): Promise<Reply> {
  // What is learned in a channel is the channel's; a person's messages must never go there.
  if (interaction.place === 'direct')
    await chat.app.store.saveAddress(accountOf(interaction), interaction.address);
  return { type: 'nothing' };
}

/** Only the platform says this of somebody; what they held is free again. Source: scenario S48. */
async function leave(chat: ChatDeps, interaction: Interaction): Promise<Reply> {
  await endAccount(chat.app, accountOf(interaction));
  return { type: 'nothing' };
}

/** In a channel nothing is said to somebody unknown; alone with the bot they hear who can help. */
function stranger({ type, place }: Interaction): Reply {
  if (type === 'pressed' || type === 'submitted') return notice('There is nothing here for you.');
  if (type === 'searched') return { type: 'choices', choices: [] };
  if (place === 'channel' && type === 'said') return { type: 'nothing' };
  const card = strangerCard();
  return type === 'home-opened' ? { type: 'home', card } : { type: 'message', card };
}

type Opening = Interaction & { type: 'said' | 'asked-to-raise' | 'home-opened' };

async function opened(context: Context, interaction: Interaction): Promise<Reply> {
  const opening = interaction as Opening;
  switch (opening.type) {
    case 'home-opened':
      return home(context);
    case 'asked-to-raise':
      return askedToRaise(context, opening);
    case 'said':
      return said(context, opening);
  }
}

/** Slack's `/concern mine` asks for a list; any other words behind the command begin the form. */
async function askedToRaise(
  context: Context,
  { text, messageLink }: Interaction & { type: 'asked-to-raise' },
): Promise<Reply> {
  const command = readCommand(`concern ${text}`);
  if (messageLink === null && command.type !== 'raise') return commanded(context, command);
  return startRaising(context, messageLink, text.trim());
}

async function said(
  context: Context,
  { text, carries, place }: Interaction & { type: 'said' },
): Promise<Reply> {
  if (carries === 'picture-or-file')
    return { type: 'message', card: stopCard(context.school, await flagPicture(context)) };
  if (place === 'channel')
    return {
      type: 'message',
      card: await drawn(context, null, 'card', (mint) => notInChannelCard(context.school, mint)),
    };
  return commanded(context, readCommand(text));
}

async function commanded(context: Context, command: TypedCommand): Promise<Reply> {
  switch (command.type) {
    case 'raise':
      return startRaising(context, null, command.text);
    case 'mine':
      return { type: 'message', card: await mine(context) };
    case 'cases':
      return { type: 'message', card: await cases(context) };
    case 'reference':
      return byReference(context, command.reference);
    case 'numbers':
    case 'away':
    case 'back':
      return { type: 'message', card: await dutyCard([context], command) };
    case 'help':
      return {
        type: 'message',
        card: await drawn(context, null, 'card', (mint) =>
          helpCard(context.school, context.chat.national, mint, isLead(context)),
        ),
      };
    case 'other':
      return {
        type: 'message',
        card: await drawn(context, null, 'card', (mint) => notSavedCard(context.school, mint)),
      };
  }
}

function isLead({ person }: Context): boolean {
  return hasRole(person, 'lead', 'deputy', 'headteacher', 'chair', 'leadership-on-call');
}

async function byReference(context: Context, reference: string): Promise<Reply> {
  const { actor, chat } = context;
  const caseId = await chat.app.store.run(
    { school: actor.school, as: 'person', person: actor.person },
    (tx) => tx.caseByReference(reference),
  );
  if (caseId !== null) return bringWalk(context, caseId);
  await denied(context, null);
  return notice('There is nothing here for you.');
}

function searched(contexts: Context[], query: string): Reply {
  const wanted = query.toLocaleLowerCase('en-GB');
  const found = contexts
    .flatMap(({ school }) => staffChoices(school))
    .filter(({ label }) => label.toLocaleLowerCase('en-GB').includes(wanted));
  return { type: 'choices', choices: found.slice(0, 15) };
}

type Pressing = Interaction & { type: 'pressed' | 'submitted' };

/** A button or form: what it means, and for whom, is looked up; what it says of itself counts for nothing. */
async function pressed(chat: ChatDeps, contexts: Context[], interaction: Pressing): Promise<Reply> {
  const stored = await chat.app.store.findHandle(interaction.handle, interaction.at.toISOString());
  const context = contexts.find(({ actor }) => actor.school === stored?.school);
  if (
    stored === null ||
    context === undefined ||
    (stored.person !== null && stored.person !== context.actor.person)
  ) {
    await denied(context ?? contexts[0], stored?.caseId ?? null);
    return tooOld(interaction);
  }
  const action = actionSchema.safeParse(stored.action);
  if (!action.success) return tooOld(interaction);
  const { handle, values, surface, place } = interaction;
  return act(context, action.data, { handle, values, surface, place, seen: stored.caseVersion });
}

/** A press that is nobody's or somebody else's is in the audit, whatever it was for. */
async function denied(context: Context | undefined, subject: string | null): Promise<void> {
  if (context === undefined) return;
  const { actor, chat, now } = context;
  const entry = { type: 'denied', actor: actor.person, at: now.toISOString(), subject };
  await chat.app.store.run({ school: actor.school, as: 'person', person: actor.person }, (tx) =>
    tx.audit(entry),
  );
}

/** Altered, expired, or somebody else's: the same words for all. What was typed stays where it is. */
function tooOld({ type }: Pressing): Reply {
  const words =
    'This button is no longer valid. Nothing changed. Type “concern” to begin again, or “concern cases” for your cases.';
  return type === 'submitted' ? { type: 'problem', message: words, fields: {} } : notice(words);
}

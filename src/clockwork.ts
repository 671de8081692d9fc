import { onDeadline } from './app/chase-deadline.ts';
import { chaseLate } from './app/chase-late.ts';
import type { Deps } from './app/deps.ts';
import { endPlatform } from './app/end-platform.ts';
import { onSchoolClock } from './app/on-school-clock.ts';
import { planWeeks } from './app/plan-weeks.ts';
import { releaseLeaver } from './app/release-claims.ts';
import { tellOfRestore } from './app/tell-of-restore.ts';
import { onChannelSeen, watchChannels } from './app/watch-channel.ts';
import type { ChatDeps } from './chat/context.ts';
import { channelOf, readChannel, type Messengers } from './chat/lead-channel.ts';
import type { Rules } from './jobs/rounds.ts';
import type { DataHome } from './postgres/data-home.ts';
import type { PostgresStore } from './postgres/store.ts';
import type { Platforms } from './platforms.ts';

export type ClockworkParts = {
  chat: ChatDeps;
  store: PostgresStore;
  home: DataHome;
  messengers: Messengers;
  ended: Platforms['ended'];
  heartbeat: () => Promise<void>;
};

/** What the clock does about what it finds: the use cases with all they need. */
export function createClockwork({
  chat,
  store,
  home,
  messengers,
  ended,
  heartbeat,
}: ClockworkParts): Rules {
  const deps = chat.app;
  return {
    onDeadline: (deadline) => onDeadline(deps, deadline),
    onSchoolClock: (clock) => onSchoolClock(deps, clock),
    onLate: (found) => chaseLate(deps, found),
    onLeaver: (found) => releaseLeaver(deps, found),
    onWatch: (found) => lookAtChannel(chat, messengers, found),
    checkPlatforms: () => checkPlatforms(deps, ended),
    plan: () => plan(deps),
    heartbeat,
    sweepExpired: (now) => store.sweepExpired(now),
    lookAtHome: () => lookAtHome(deps, home),
  };
}

/** Whether all is well with where the database lives: nothing that was put back from a copy waits for a decision. */
async function lookAtHome(deps: Deps, home: DataHome): Promise<boolean> {
  const restored = await home.look();
  if (restored === null) return true;
  if (restored.toldAt === null) {
    await tellOfRestore(deps, restored);
    await home.told();
  }
  return restored.releasedAt !== null;
}

/** A channel that is no longer in the school's file, or on a platform that is not served, is not looked at. */
async function lookAtChannel(
  chat: ChatDeps,
  messengers: Messengers,
  found: Parameters<Rules['onWatch']>[0],
): Promise<void> {
  const school = await chat.app.store.run({ school: found.school, as: 'product' }, (tx) =>
    tx.school(),
  );
  const place = channelOf(school, found.platform, messengers);
  const seen = typeof place === 'string' ? 'no-channel' : await readChannel(chat, place, school);
  await onChannelSeen(chat.app, found, seen ?? 'no-answer');
}

/** The leads of whoever works there hear it by whatever other way they have. */
async function checkPlatforms(deps: Deps, ended: Platforms['ended']): Promise<void> {
  for (const [platform, isEnded] of ended)
    if (await isEnded()) await endPlatform(deps, platform, null);
}

/** One school that cannot be planned must not keep the others from it; the next hour tries again. */
async function plan(deps: Deps): Promise<number> {
  const schools = await deps.store.schools();
  const outcomes = [];
  for (const school of schools)
    outcomes.push(
      await planSchool(deps, school).then(
        () => true,
        () => false,
      ),
    );
  if (outcomes.includes(false)) throw new Error('a school could not be planned');
  return schools.length;
}

async function planSchool(deps: Deps, school: Parameters<typeof planWeeks>[1]): Promise<void> {
  await planWeeks(deps, school);
  await watchChannels(deps, school);
}

import { z } from 'zod';
import type { ChannelWatch } from '../app/upkeep-ports.ts';
import { moment, type Session } from './session.ts';

const rowSchema = z.object({
  platform: z.enum(['teams', 'slack']),
  trouble: z.string().nullable(),
  members: z.array(z.uuid()),
});

/** The channel as it was last seen, held until the end of the transaction; null before it was ever looked at. */
export async function lockChannelWatch(
  session: Session,
  platform: ChannelWatch['platform'],
): Promise<ChannelWatch | null> {
  const rows = await session.db.$queryRaw<unknown[]>`
    SELECT platform, trouble, members FROM channel_watch
    WHERE school_id = ${session.school}::uuid AND platform = ${platform} FOR UPDATE`;
  return rows.length === 0 ? null : rowSchema.parse(rows[0]);
}

/** Keeps how the channel is now, and when to look again. */
export async function writeChannelWatch(
  session: Session,
  { platform, trouble, members }: ChannelWatch,
  wakeAt: string,
): Promise<void> {
  const key = { schoolId: session.school, platform };
  const columns = { trouble, members: [...members], wakeAt: moment(wakeAt) };
  await session.db.channelWatch.upsert({
    where: { schoolId_platform: key },
    create: { ...key, ...columns },
    update: columns,
  });
}

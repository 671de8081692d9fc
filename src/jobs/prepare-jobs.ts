import { PgBoss } from 'pg-boss';
import {
  jobSchema,
  queueNames,
  queueSettings,
  rounds,
  type QueueName,
  type Round,
} from './queues.ts';

/**
 * Makes or updates the tables of the job queue, as their owner, and lets the application use them. Part of
 * `prepareDatabase`: the running bot may not change a table.
 */
export async function prepareJobs(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: jobSchema,
    max: 2,
    supervise: false,
    schedule: false,
    application_name: 'concern-migrate',
  });
  boss.on('error', () => undefined);
  await boss.start();
  try {
    const known = new Set((await boss.getQueues()).map(({ name }) => name));
    for (const key of Object.keys(queueNames) as QueueName[]) {
      const { policy = 'standard', ...changeable } = queueSettings[key];
      if (known.has(queueNames[key])) await boss.updateQueue(queueNames[key], changeable);
      else await boss.createQueue(queueNames[key], { policy, ...changeable });
    }
    for (const round of Object.keys(rounds) as Round[])
      await boss.schedule(queueNames[round], rounds[round], null, { missed: 'once' });
    await boss.getDb().executeSql(rights);
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** The queue marks its own rounds in `version`; which version it is, only the owner says. */
const rights = `
      GRANT USAGE ON SCHEMA ${jobSchema} TO concern_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${jobSchema} TO concern_app;
      GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${jobSchema} TO concern_app;
      GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${jobSchema} TO concern_app;
      REVOKE INSERT, UPDATE, DELETE ON ${jobSchema}.version FROM concern_app;
      DO $$ BEGIN
        EXECUTE (SELECT format('GRANT UPDATE (%s) ON ${jobSchema}.version TO concern_app',
            string_agg(quote_ident(attname), ', '))
          FROM pg_attribute WHERE attrelid = '${jobSchema}.version'::regclass
            AND attnum > 0 AND NOT attisdropped AND attname <> 'version');
      END $$;`;

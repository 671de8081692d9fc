import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs `npm run database -- …` as an operator would, on a database of a test. */
export function databaseCommand(
  { ownerUrl, keyEncryptionKey }: { ownerUrl: string; keyEncryptionKey: string },
  ...args: string[]
): { status: number | null; says: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['src/database-cli.ts', ...args], {
    cwd: join(import.meta.dirname, '../..'),
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      DATABASE_URL: ownerUrl,
      KEY_ENCRYPTION_KEY: keyEncryptionKey,
      SLACK_BOT_TOKEN: 'xoxb-test',
      SLACK_SIGNING_SECRET: 'secret',
    },
  });
  return { status, says: `${stdout}${stderr}` };
}

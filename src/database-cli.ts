import { config as readDotEnv } from 'dotenv';
import { productionOrSay, readFileOrSay } from './terminal.ts';

/*
 * `npm run database -- check [kept]`  whether every school's record is whole, and whether the database was put back from a
 *                                copy. It prints an anchor for each school: a file of them, kept elsewhere, shows later
 *                                whether the end of a record was cut off
 * `npm run database -- moved`    it was moved, with the bot stopped, and nothing is missing: it is no copy
 * `npm run database -- hold`     it was put back, in a way that leaves no trace (a whole disk): holds back what waits to be sent
 * `npm run database -- send`     sends what is held back, marked as sent again
 * `npm run database -- drop`     drops what is held back
 * `npm run database -- rewrap`   KEY_ENCRYPTION_KEY was changed: puts every school's key under the new one
 *
 * Ends with 0 when all is well, 1 when somebody must look, 2 for a wrong call.
 */

const commands = ['check', 'moved', 'hold', 'send', 'drop', 'rewrap'] as const;

readDotEnv({ quiet: true });
const [name, file, ...more] = process.argv.slice(2);
const command = commands.find((one) => one === name);
const known =
  command !== undefined && more.length === 0 && (file === undefined || name === 'check');
process.exitCode = known ? await run(command) : usage();

function usage(): number {
  console.error(`Usage: npm run database -- ${commands.join(' | ')}`);
  return 2;
}

async function run(wanted: (typeof commands)[number]): Promise<number> {
  const config = productionOrSay('Practice keeps its own data; npm run reset clears it.');
  if (config === null) return 1;
  const kept = file === undefined ? '' : readFileOrSay(file);
  if (kept === null) return 1;
  // Only this needs the database's libraries; a wrong call should be answered at once.
  const { operate } = await import('./operate-database.ts');
  const { databaseUrl, keyEncryptionKeys } = config;
  const { ok, says } = await operate(databaseUrl, keyEncryptionKeys, wanted, kept);
  for (const line of says) console.log(line);
  return ok ? 0 : 1;
}

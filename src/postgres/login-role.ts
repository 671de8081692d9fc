import { createHash, createHmac, hkdfSync, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';

/** Name and password of the role that the running bot logs in with. */
export type Login = { role: string; password: string };

/**
 * The login of one database. The password follows from the owner's, so every replica knows it, nothing
 * stores it, and starting one replica does not lock out another. Source: docs/decisions/database-roles.md.
 */
export function loginFor(database: string, secret: string): Login {
  const derived = hkdfSync('sha256', secret, database, 'concern application role', 32);
  return { role: roleName(database), password: Buffer.from(derived).toString('base64url') };
}

const longestName = 63;

function roleName(database: string): string {
  const whole = `concern_app_${database}`;
  if (Buffer.byteLength(whole) <= longestName) return whole;
  return `concern_app_${createHash('sha256').update(database).digest('hex').slice(0, 40)}`;
}

/** Makes the login role, or sets its password again. It inherits the application's rights and can become nobody else. */
export async function ensureLogin(client: pg.ClientBase, login: Login): Promise<void> {
  const role = pg.escapeIdentifier(login.role);
  const { rows } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [login.role]);
  const verb = rows.length === 0 ? 'CREATE' : 'ALTER';
  await client.query(
    `${verb} ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(scramVerifier(login.password))}`,
  );
  await client.query(`GRANT concern_app TO ${role} WITH INHERIT TRUE, SET FALSE`);
}

/** What Postgres itself would store, so that the password never travels or stands in a server's log. Source: RFC 5802. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const rounds = 4096;
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256');
  const keyed = (label: string) => createHmac('sha256', salted).update(label).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  const server = keyed('Server Key').toString('base64');
  return `SCRAM-SHA-256$${String(rounds)}:${salt.toString('base64')}$${stored}:${server}`;
}

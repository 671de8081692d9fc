import { rmSync } from 'node:fs';
import { readConfig } from './config.ts';
import { removeEmbeddedPostgres } from './postgres/embedded.ts';

/** `npm run reset`: throws the practice data away. Never touches a school's own database. */
const result = readConfig(process.env);
if (!result.ok || result.config.mode !== 'practice') {
  console.error('Only practice data can be reset.');
  process.exit(1);
}
await removeEmbeddedPostgres(result.config.dataDirectory);
rmSync(result.config.dataDirectory, { recursive: true, force: true });
console.log('The practice data is cleared.');

import { Ajv } from 'ajv';
import { readFileSync } from 'node:fs';

/*
 * Checks both manifests by Slack's own schema, whose file is given: schemas/manifest.schema.2.0.0.json of
 * github.com/slackapi/manifest-schema. It is not kept here; the tests hold Slack's documented limits instead.
 */

const [file] = process.argv.slice(2);
if (file === undefined) {
  console.error('Please name the file of Slack’s manifest schema.');
  process.exit(2);
}
const schema = JSON.parse(readFileSync(file, 'utf8')) as object;
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
  schema,
);
for (const name of ['slack.json', 'slack-socket-mode.json']) {
  const manifest: unknown = JSON.parse(
    readFileSync(new URL(`../../manifests/${name}`, import.meta.url), 'utf8'),
  );
  const valid = validate(manifest);
  console.log(`${name}: ${valid ? 'valid' : JSON.stringify(validate.errors, null, 2)}`);
  if (!valid) process.exitCode = 1;
}

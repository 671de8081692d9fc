import { encode, sign } from '../support/fake-slack-line.ts';
import { startBench } from './bench.ts';

/*
 * A process of its own that is sent everything malformed that can be signed. It exits with 0 when it
 * answers each and still works at the end.
 */

const bench = await startBench();
const secret = bench.fake.settings.signingSecret;
bench.fake.addPerson('Ada Okoro');

async function post(raw: string, contentType: string): Promise<number> {
  const headers = { 'content-type': contentType, ...sign(secret, raw) };
  return (await fetch(`${bench.url}/slack/events`, { method: 'POST', headers, body: raw })).status;
}

const json = [
  'null',
  '[]',
  '"x"',
  '1',
  '{}',
  '{"event":null}',
  '{"event":{"type":"message"}}',
  '{"type":"event_callback","event":[]}',
];
const payloads = [
  ...json,
  '{"type":"block_actions","user":{"id":"U1"},"actions":[]}',
  '{"type":"block_actions","user":null,"actions":[null,null]}',
  '{"type":"view_submission","user":{"id":"U1"},"view":null}',
  '{"type":"view_submission","user":{"id":"U1"},"view":{"id":"V","type":"modal","callback_id":"screen","private_metadata":"{","blocks":[]}}',
  '{"type":"shortcut","callback_id":"raise_concern"}',
  '{"type":"view_closed"}',
  '{"type":"dialog_submission"}',
  '{"name":1}',
];
for (const raw of json) await post(raw, 'application/json');
for (const payload of payloads)
  await post(new URLSearchParams({ payload }).toString(), 'application/x-www-form-urlencoded');
const { raw, contentType } = encode('event', {
  type: 'event_callback',
  team_id: 'T0SCHOOL01',
  event_id: 'Ev1',
  event: { type: 'app_home_opened', tab: 'home' },
});
await post(raw, contentType);
await bench.fake.person('Ada Okoro').raises();
const works = bench.asked.length === 1;
await bench.stop();
process.exit(works ? 0 : 1);

import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pleaseRing, somethingWaits, type Mailer } from '../../src/chat/mail.ts';
import { createMailer } from '../../src/mail/create-mailer.ts';
import { startFakeSmtp, type FakeSmtp } from '../support/fake-smtp.ts';
import { readSchoolFile } from '../support/journey.ts';
import { createTestStore } from '../support/database.ts';

let smtp: FakeSmtp;
let mailer: Mailer;
const troubles: string[] = [];
const from = 'concern@school.example';
const to = 'priya@school.example';
const mail = { subject: 'Something is waiting', text: 'Please open the app.\n' };

const mailerTo = (url: string) =>
  createMailer({ url, from, onTrouble: (code) => troubles.push(code) });

beforeAll(async () => {
  smtp = await startFakeSmtp();
  mailer = mailerTo(smtp.url);
});
afterAll(() => smtp.stop());
beforeEach(() => troubles.splice(0));

describe('e-mail', () => {
  it('is handed to the school’s server, as plain text from the app’s address', async () => {
    expect(await mailer.send(to, mail)).toEqual({ type: 'sent' });
    expect(smtp.seen).toMatchObject([{ from, to }]);
    expect(smtp.seen[0]?.text).toContain('Please open the app.');
    expect(smtp.seen[0]?.text.toLowerCase()).toContain('auto-submitted: auto-generated');
    expect(smtp.seen[0]?.text).not.toMatch(/text\/html|multipart/);
  });

  it.each([
    ['RCPT', '550 nobody here', 'refused'],
    ['RCPT', '450 later please', 'later'],
    ['DATA', '421 too busy', 'later'],
    ['END', '552 too big', 'refused'],
    ['END', null, 'unclear'],
  ] as const)('%s answered with %s is %s', async (command, answer, type) => {
    smtp.next(command, answer);
    expect(await mailer.send(to, mail)).toMatchObject({ type });
    expect(troubles).toHaveLength(1);
    expect(troubles.join()).toMatch(/^E[A-Z]+$/);
  });

  it('waits for a server that is not there', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((wake) => closed.on('listening', wake));
    const { port } = closed.address() as { port: number };
    await new Promise((wake) => closed.close(wake));
    expect(await mailerTo(`smtp://127.0.0.1:${String(port)}`).send(to, mail)).toMatchObject({
      type: 'later',
    });
  });
});

describe('what an e-mail says', () => {
  it('is that there is something, and whom to ring, and nothing else', async () => {
    const { store } = await createTestStore();
    const { school: id } = await store.applySchool(
      readSchoolFile('hillside'),
      new Date().toISOString(),
    );
    const school = await store.run({ school: id, as: 'product' }, (tx) => tx.school());
    for (const { subject, text } of [somethingWaits(school), pleaseRing(school, 'lead')]) {
      expect(`${subject} ${text}`).not.toMatch(/HS-\w{5}/);
      for (const { name } of school.people) expect(text).not.toContain(name);
    }
    expect(pleaseRing(school, 'lead').text).toContain('01632 960101');
    expect(pleaseRing(school, 'lead').text).toContain('ring 999');
  });
});

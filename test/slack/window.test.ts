import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Reply } from '../../src/chat/interaction.ts';
import { words } from '../../src/slack/words.ts';
import { type Bench, card, everyField, startBench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await startBench();
  bench.fake.addPerson('Ada Okoro');
});
afterEach(async () => {
  expect(bench.fake.violations()).toEqual([]);
  await bench.stop();
});

const ada = () => bench.fake.person('Ada Okoro');

const lastSent = () => bench.asked.findLast(({ type }) => type === 'submitted');

function pending() {
  const { promise, resolve } = Promise.withResolvers<Reply>();
  return { promise, resolve };
}

describe('raising a concern', () => {
  it('opens a window that says to ring 999 before the conversation has answered', async () => {
    const reply = pending();
    bench.replies(() => reply.promise);
    const raising = ada().raises();
    await ada().until(() => ada().screen() !== null);
    expect(ada().screen()?.text).toContain('ring 999');
    reply.resolve({ type: 'screen', screen: everyField() });
    await raising;
    expect(ada().screen()?.title).toBe('About it');
  });

  it('brings what was typed after the command', async () => {
    await ada().commands('a boy in my class &amp; his phone');
    expect(bench.asked).toMatchObject([
      {
        type: 'asked-to-raise',
        text: 'a boy in my class & his phone',
        messageLink: null,
        place: 'channel',
        from: { platform: 'slack', tenant: 'T0SCHOOL01', user: ada().id, account: 'member' },
      },
    ]);
  });

  it('works from the shortcut and, with a link only, from a message', async () => {
    await ada().usesShortcut();
    ada().close();
    await ada().raisesFrom(
      'https://hillside-example.slack.com/archives/C0GENERAL1/p1700000000000100',
    );
    expect(bench.asked.map((one) => one.type === 'asked-to-raise' && one.messageLink)).toEqual([
      null,
      'https://hillside-example.slack.com/archives/C0GENERAL1/p1700000000000100',
    ]);
    expect(JSON.stringify(bench.asked)).not.toContain('must not be read');
  });

  it('says that nothing was saved when Slack could not open the window', async () => {
    bench.fake.faults.next('views.open', { type: 'refuses', error: 'expired_trigger_id' });
    await ada().raises();
    expect(ada().notices()).toEqual([words.runAgain]);
    expect(bench.asked).toEqual([]);
  });

  it('says so in the direct chat when it was a shortcut', async () => {
    bench.fake.faults.next('views.open', { type: 'resets' });
    await ada().usesShortcut();
    expect(
      ada()
        .chat()
        .map(({ text }) => text),
    ).toEqual([words.runAgain]);
  });

  it('acknowledges in time when opening takes long', async () => {
    bench.fake.faults.next('views.open', { type: 'answers-after', ms: 6000 });
    bench.replies({ type: 'screen', screen: everyField() });
    const heard = await ada().commands('');
    // Not when the window was open: long before.
    expect(heard.ms).toBeLessThan(5000);
    await ada().until(() => ada().screen()?.title === 'About it');
  });

  it('says that nothing was saved when the conversation fails', async () => {
    bench.replies(() => Promise.reject(new Error('the name of a child')));
    await ada().raises();
    expect(ada().screen()?.text).toContain(words.notSaved);
    expect(JSON.stringify(bench.log)).not.toContain('child');
    expect(bench.log).toContainEqual({ what: 'conversation', code: 'failed' });
  });
});

describe('a window that Slack will not draw', () => {
  it('says so instead of waiting for ever', async () => {
    bench.fake.faults.next('views.update', { type: 'status', status: 500 });
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().raises();
    expect(ada().screen()?.text).toContain(words.notShown);
  });

  it('is made up for in the direct chat when nothing can be drawn at all', async () => {
    bench.fake.faults.next(
      'views.update',
      { type: 'status', status: 500 },
      { type: 'refuses', error: 'not_found' },
    );
    const raising = ada().raises();
    await ada().until(() => ada().chat().length > 0);
    ada().close();
    await raising;
    expect(ada().chat()[0]?.text).toBe(words.notShown);
  });

  it('is made up for in the direct chat when it was closed and nothing was saved', async () => {
    bench.replies(() => {
      ada().close();
      return Promise.reject(new Error('down'));
    });
    await ada().raises();
    expect(
      ada()
        .chat()
        .map(({ text }) => text),
    ).toEqual([words.notSaved]);
  });

  it('gives back what was typed, to read and to copy', async () => {
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().raises();
    ada().fill({ 'What was said': 'His words' });
    bench.fake.faults.next('views.update', { type: 'refuses', error: 'invalid_arguments' });
    bench.replies(
      () => new Promise((_, reject) => setTimeout(() => reject(new Error('down')), 2600)),
    );
    await ada().submit();
    expect(ada().screen()?.text).toContain(words.notSaved);
    expect(ada().screen()?.text).toContain('His words');
  });
});

describe('a form', () => {
  beforeEach(async () => {
    bench.replies({ type: 'screen', screen: everyField() });
    await ada().raises();
  });

  const filling = {
    'An adult here?': 'No',
    Kind: 'Yes',
    About: ['Yes', 'No'],
    Where: 'In the corridor',
    'What was said': '<!channel> *He said* <https://evil.example|gov.uk> & more',
    Day: '2026-11-28',
    Time: '10:42',
  };
  const values = {
    adult: 'no',
    kind: 'yes',
    about: ['yes', 'no'],
    place: 'In the corridor',
    said: '<!channel> *He said* <https://evil.example|gov.uk> & more',
    day: '2026-11-28',
    hour: '10:42',
  };

  it('brings every value under its field, as it was typed', async () => {
    ada().fill(filling);
    await ada().submit();
    expect(lastSent()).toMatchObject({
      type: 'submitted',
      handle: 'h.send',
      values,
      surface: 'screen',
      place: 'dialog',
    });
  });

  it('searches where the list is too long for Slack', async () => {
    bench.replies({ type: 'choices', choices: [{ id: 'p1', label: 'T. Hale' }] });
    expect(await ada().search('Who', 'ha')).toEqual(['T. Hale']);
    expect(bench.asked.at(-1)).toMatchObject({ type: 'searched', handle: 'h.search', query: 'ha' });
    ada().fill({ Who: 'T. Hale', 'What was said': 'x' });
    await ada().submit();
    expect(bench.asked.at(-1)).toMatchObject({ values: { who: 'p1', said: 'x' } });
  });

  it('stays as it was with what is wrong beside the fields', async () => {
    ada().fill(filling);
    bench.replies({
      type: 'problem',
      message: 'Please look again.',
      fields: { place: 'Which corridor?' },
    });
    await ada().submit();
    expect(ada().screen()?.text).toContain('Which corridor?');
    expect(ada().screen()?.text).toContain('Please look again.');
    expect(
      ada()
        .screen()
        ?.fields.find(({ id }) => id === 'said')?.value,
    ).toBe(values.said);
  });

  it('stays as it was when the conversation fails', async () => {
    ada().fill(filling);
    bench.replies(() => Promise.reject(new Error('down')));
    await ada().submit();
    expect(ada().screen()?.text).toContain(words.notSaved);
    expect(
      ada()
        .screen()
        ?.fields.find(({ id }) => id === 'place')?.value,
    ).toBe(values.place);
  });

  it('waits in the window when the answer takes long, and shows it there', async () => {
    ada().fill(filling);
    bench.replies(
      () =>
        new Promise((resolve) =>
          setTimeout(() => {
            resolve({ type: 'finished', card: card('Saved at 10:32.') });
          }, 2600),
        ),
    );
    await ada().submit();
    expect(ada().screen()?.text).toContain('Saved at 10:32.');
    expect(ada().screen()?.buttons).toEqual([]);
  });

  it('comes back with all that was typed when a slow answer fails', async () => {
    ada().fill(filling);
    bench.replies(
      () =>
        new Promise((_, reject) =>
          setTimeout(() => {
            reject(new Error('down'));
          }, 2600),
        ),
    );
    await ada().submit();
    expect(ada().screen()?.text).toContain(words.notSaved);
    expect(
      ada()
        .screen()
        ?.fields.map(({ value }) => value),
    ).toEqual([
      'No',
      'Yes',
      ['Yes', 'No'],
      null,
      values.place,
      values.said,
      values.day,
      values.hour,
    ]);
    bench.replies({ type: 'finished', card: card('Saved.') });
    await ada().submit();
    expect(lastSent()).toMatchObject({ handle: 'h.send', values });
  });

  it('brings what was typed with a press, and goes on in the same window', async () => {
    ada().fill({ Where: 'In the corridor' });
    bench.replies({
      type: 'screen',
      screen: everyField({ title: 'Before it', fields: [], submit: null }),
    });
    await ada().press('Back');
    expect(bench.asked.at(-1)).toMatchObject({
      type: 'pressed',
      handle: 'h.back',
      values: { place: 'In the corridor' },
      surface: 'screen',
    });
    expect(ada().screen()?.title).toBe('Before it');
    expect(bench.fake.world.windows).toHaveLength(1);
  });

  it('keeps what was typed when a press meets a problem', async () => {
    ada().fill(filling);
    bench.replies({ type: 'notice', text: 'This was answered by T. Hale at 10:41.' });
    await ada().press('Back');
    expect(ada().screen()?.text).toContain('This was answered by T. Hale at 10:41.');
    expect(
      ada()
        .screen()
        ?.fields.find(({ id }) => id === 'said')?.value,
    ).toBe(values.said);
  });

  it('shows the values of the next screen and not what Slack remembers of the last', async () => {
    ada().fill(filling);
    const next = everyField();
    bench.replies({
      type: 'screen',
      screen: { ...next, submit: { label: 'Send', handle: 'h.second' } },
    });
    await ada().submit();
    expect(
      ada()
        .screen()
        ?.fields.map(({ value }) => value),
    ).toEqual([null, null, [], null, null, null, null, null]);
  });

  it('ends in a window with nothing to send', async () => {
    ada().fill(filling);
    bench.replies({ type: 'finished', card: card('Saved at 10:32. Reference HS-7Q2K9-M4XTW.') });
    await ada().submit();
    expect(ada().screen()).toMatchObject({ fields: [], buttons: [] });
    expect(ada().screen()?.text).toContain('HS-7Q2K9-M4XTW');
  });

  it.each([
    ['finished', 'h.send'],
    ['screen', 'h.second'],
  ] as const)('brings the App Home behind it up to date (%s)', async (type, handle) => {
    const next = { ...everyField(), submit: { label: 'Send', handle } };
    const answer: Reply =
      type === 'screen' ? { type, screen: next } : { type, card: card('Saved.') };
    const home: Reply = { type: 'home', card: card('One case, claimed.') };
    ada().fill(filling);
    bench.replies((asked) => Promise.resolve(asked.type === 'home-opened' ? home : answer));
    await ada().submit();
    await ada().until(() => ada().home()?.text.includes('One case, claimed.') === true);
    expect(ada().screen()?.title).toBe(type === 'screen' ? next.title : 'Safeguarding');
  });

  it('leaves the App Home alone when nothing was changed', async () => {
    ada().fill(filling);
    bench.replies({ type: 'problem', message: 'Please say more.', fields: {} });
    await ada().submit();
    expect(bench.asked.map(({ type }) => type)).not.toContain('home-opened');
  });

  it('closes when there is nothing to say', async () => {
    ada().fill(filling);
    bench.replies({ type: 'nothing' });
    await ada().submit();
    expect(ada().screen()).toBeNull();
  });
});

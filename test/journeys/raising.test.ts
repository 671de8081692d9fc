import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  aboutIn,
  beginRaising,
  claim,
  details,
  fillInConcern,
  inChannel,
  raise,
  saved,
  seen,
  sentTo,
  type Told,
} from '../support/journey-acts.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const bullying: Told = {
  about: ['child-here'],
  kinds: ['bullying'],
  words: { said: 'Zebedee wrote „Quentin smells“ in the groupchat', who: 'Quentin Featherstone' },
};

describe.each(platforms)('raising a concern on %s', (platform) => {
  let journey: Journey;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
  });

  describe('a routine concern (S2)', () => {
    let reference: string;

    it('asks about danger before any field', async () => {
      const amy = journey.person('amy.lowe');
      await amy.raises();
      expect(amy.screen()?.text).toContain('Is anyone in danger right now?');
      expect(amy.screen()?.text).toContain(
        'You can always ring 999, 101, First Contact (01632 960111)',
      );
      expect(amy.screen()?.fields).toEqual([]);
      amy.close();
    });

    it('gives Amy a receipt with what not to do and whom to ring', async () => {
      reference = await raise(journey, 'amy.lowe', bullying);
      const amy = journey.person('amy.lowe');
      const receipt = aboutIn(amy, reference).join('\n');
      expect(receipt).toContain('Saved at 10:3');
      expect(receipt).toContain('Do not look into it yourself');
      expect(receipt).toContain('It has gone to the safeguarding team (3 people)');
      expect(receipt).toContain('01632 960101');
    });

    it('tells the lead’s channel once, without content, and nobody’s own chat', () => {
      expect(journey.person('priya.nair').channel(journey.leadChannel)).toHaveLength(1);
      expect(inChannel(journey, 'priya.nair', reference)).toMatch(
        /Bullying online · Routine · 10:3\d · from a member of staff · told in person: yes/,
      );
      for (const key of ['priya.nair', 'tom.hale', 'ewa.zielinska', 'sana.malik', 'ruth.carr'])
        expect(journey.person(key).chat()).toEqual([]);
    });

    it('says who has it and when, in the channel and to Amy, once it is claimed', async () => {
      journey.itIs('10:42');
      await claim(journey, 'priya.nair', reference);
      expect(inChannel(journey, 'tom.hale', reference)).toContain('Claimed by P. Nair 10:42');
      expect(aboutIn(journey.person('amy.lowe'), reference).at(-1)).toBe(
        `${reference}: seen by the safeguarding team at 10:42.`,
      );
    });

    it('shows the words to the holder alone, and Amy nothing of the procedure', async () => {
      const priya = journey.person('priya.nair');
      expect(await details(priya, reference)).toContain('Zebedee wrote');
      priya.close();
      const screens = journey.workplace.recordings().filter(({ to }) => to === 'Amy Lowe');
      for (const { body } of screens) expect(body).not.toContain('Is any child at risk right now?');
    });

    it('sends Joe, who works in the same year, nothing at all', () => {
      expect(sentTo(journey, 'Joe Birch')).toBe(0);
    });

    it('lists it for Amy without words, and for nobody else', async () => {
      const amy = journey.person('amy.lowe');
      await amy.says('concern mine');
      expect(seen(amy)).toMatch(new RegExp(`${reference}: raised Fri 27 Nov 10:3\\d, seen`));
      const joe = journey.person('joe.birch');
      await joe.says(reference);
      expect(seen(joe)).toContain('There is nothing here for you.');
      await joe.says('concern cases');
      expect(seen(joe)).toContain('Nothing open.');
    });
  });

  describe('one submission, one effect (C6)', () => {
    it('makes one concern and one message of five deliveries at once', async () => {
      const amy = journey.person('amy.lowe');
      const before = journey.person('tom.hale').channel(journey.leadChannel).length;
      await beginRaising(amy);
      await fillInConcern(amy, { ...bullying, words: { said: 'Five times Barnaby' } });
      journey.workplace.deliverNext(5);
      await amy.submit();
      const reference = await saved(journey, amy);
      expect(journey.person('tom.hale').channel(journey.leadChannel)).toHaveLength(before + 1);
      expect(aboutIn(amy, reference).filter((text) => text.includes('Saved at'))).toHaveLength(1);
    });

    it('answers a form sent again with what it got the first time, and leaves nothing unfinished', async () => {
      const amy = journey.person('amy.lowe');
      await beginRaising(amy);
      await fillInConcern(amy, { ...bullying, words: { said: 'Once only, Perpetua' } });
      const send = amy.keep('Send');
      await amy.submit();
      const reference = await saved(journey, amy);
      const again = await amy.pressKept(send);
      expect(again).toContain(reference);
      expect(again).toContain('saved');
      amy.close();
      const cases = await journey.sql('SELECT id FROM case_file WHERE reference = $1', [reference]);
      expect(cases).toHaveLength(1);
      await amy.raises();
      expect(amy.screen()?.text).not.toContain('unfinished');
      amy.close();
    });

    it('refuses the same form from somebody else, and with an altered handle', async () => {
      const amy = journey.person('amy.lowe');
      const joe = journey.person('joe.birch');
      await beginRaising(amy);
      await fillInConcern(amy, { ...bullying, words: { said: 'Not yours, Ottoline' } });
      const send = amy.keep('Send');
      const before = await journey.sql('SELECT id FROM case_file');
      expect(await joe.pressKept(send)).toContain('no longer valid');
      expect(await amy.pressKept(send, { altered: true })).toContain('no longer valid');
      expect(await journey.sql('SELECT id FROM case_file')).toHaveLength(before.length);
      amy.close();
      joe.close();
      await amy.raises();
      await amy.press('Discard it');
      amy.close();
    });
  });

  describe('never losing what was typed', () => {
    it('keeps an unfinished concern for its author, to go on with or to discard', async () => {
      const amy = journey.person('amy.lowe');
      await beginRaising(amy, 'chat');
      amy.fill({ about: ['child-here'], kinds: ['hate'] });
      await amy.submit();
      amy.fill({ said: 'Half a sentence about Clementine', told: 'yes' });
      await amy.press('Back');
      await amy.raisesInChat();
      expect(seen(amy)).toContain('You have an unfinished concern from 10:4');
      await amy.press('Continue the unfinished one');
      await amy.submit();
      expect(amy.screen()?.fields.find(({ id }) => id === 'said')?.value).toBe(
        'Half a sentence about Clementine',
      );
      amy.close();
      await amy.raisesInChat();
      await amy.press('Discard it');
      await amy.raisesInChat();
      expect(seen(amy)).not.toContain('unfinished');
    });

    it('shows nobody else’s unfinished concern', async () => {
      const amy = journey.person('amy.lowe');
      await beginRaising(amy);
      amy.fill({ about: ['child-here'], kinds: ['hate'] });
      await amy.submit();
      amy.close();
      const joe = journey.person('joe.birch');
      await joe.raises();
      expect(joe.screen()?.text).not.toContain('unfinished');
      joe.close();
      await amy.raises();
      await amy.press('Discard it');
      amy.close();
    });

    it.each(['form', 'chat'] as const)(
      'says “not saved” and leaves the form as it was while the database is away (%s)',
      async (entry) => {
        const amy = journey.person('amy.lowe');
        await beginRaising(amy, entry);
        await fillInConcern(amy, {
          ...bullying,
          words: { said: 'Written for ten minutes, Hyacinth' },
        });
        const lost = await journey.loseDatabase();
        await amy.submit();
        await lost.end();
        expect(seen(amy)).toMatch(/not saved|cannot say whether this was saved/i);
        expect(seen(amy)).toContain('face to face');
        expect(amy.screen()?.fields.find(({ id }) => id === 'said')?.value).toBe(
          'Written for ten minutes, Hyacinth',
        );
        await amy.submit();
        await saved(journey, amy);
      },
    );
  });

  describe('addresses (S5)', () => {
    it('keeps a web address so that nothing can follow it, and follows it nowhere', async () => {
      let visits = 0;
      const trap = createServer((_request, response) => {
        visits++;
        response.end();
      }).listen(0, '127.0.0.1');
      await new Promise((resolve) => trap.once('listening', resolve));
      const { port } = trap.address() as AddressInfo;
      const reference = await raise(journey, 'amy.lowe', {
        about: ['child-here', 'system'],
        kinds: ['unsuitable-site'],
        words: {
          said: `It was on http://127.0.0.1:${String(port)}/bad`,
          link: 'http://badplace.example/x?p=1',
        },
      });
      const priya = await claim(journey, 'priya.nair', reference);
      const read = await details(priya, reference);
      expect(read).toContain('hxxp://badplace[.]example/x?p=1');
      expect(read).toContain(`hxxp://127.0.0.1:${String(port)}/bad`);
      priya.close();
      expect(visits).toBe(0);
      trap.close();
      const held = journey.workplace.recordings().filter(({ body }) => body.includes('badplace'));
      expect(held.map(({ to, kind }) => `${kind} ${to}`)).toEqual(['screen Priya Nair']);
    });
  });

  describe('nobody told in person yet (S6)', () => {
    it('is taken all the same, with a plea to go now, and alerts one step more', async () => {
      const reference = await raise(journey, 'joe.birch', {
        about: ['child-here'],
        kinds: ['sexual-comments'],
        words: { said: 'Comments about Araminta' },
        told: 'not-yet',
      });
      const receipt = aboutIn(journey.person('joe.birch'), reference)[0];
      expect(receipt).toContain('Please go now and tell one of them face to face: Priya Nair');
      expect(inChannel(journey, 'tom.hale', reference)).toContain('URGENT');
      expect(inChannel(journey, 'tom.hale', reference)).toContain('told in person: not yet');
    });

    it('is taken for exploitation too, urgent as it is', async () => {
      const reference = await raise(journey, 'joe.birch', {
        about: ['child-here', 'someone-online'],
        kinds: ['grooming'],
        words: { said: 'Somebody pays Ignatius for pictures' },
        told: 'not-yet',
      });
      expect(aboutIn(journey.person('joe.birch'), reference)[0]).toContain('Please go now');
      expect(inChannel(journey, 'tom.hale', reference)).toContain('URGENT');
      expect(aboutIn(journey.person('priya.nair'), reference)).toHaveLength(1);
    });
  });

  describe('from somebody’s message (S8)', () => {
    /** As it reads where nothing can follow it. */
    const unfollowed = () => {
      const { hostname, pathname } = new URL(journey.workplace.messageLink);
      return `hxxps://${hostname.replaceAll('.', '[.]')}${pathname}`;
    };

    it('does nothing in a channel by itself', async () => {
      await journey.upkeep.staffRoom('Staff room', 'joe.birch');
      const joe = journey.person('joe.birch');
      const before = await journey.sql('SELECT id FROM case_file');
      await joe.saysIn('Staff room', 'worried about Kasimir in Y6 sexting');
      await journey.settled();
      expect(joe.channel('Staff room')).toHaveLength(1);
      expect(await journey.sql('SELECT id FROM case_file')).toHaveLength(before.length);
    });

    it('keeps the link alone, and asks to leave the message where it is', async () => {
      const joe = journey.person('joe.birch');
      await joe.raisesFrom(journey.workplace.messageLink);
      await joe.press('No, or I’m not sure');
      await fillInConcern(joe, {
        about: ['child-here'],
        kinds: ['nude-picture'],
        words: { said: 'See what Leopold wrote' },
      });
      expect(joe.screen()?.text).toContain('Please leave the message where it is');
      await joe.submit();
      const reference = await saved(journey, joe);
      const priya = await claim(journey, 'priya.nair', reference);
      expect(await details(priya, reference)).toContain(unfollowed());
      priya.close();
      for (const { body } of journey.workplace.recordings())
        expect(body).not.toContain('somebody else’s words');
    });

    it('keeps the link in an emergency too', async () => {
      const joe = journey.person('joe.birch');
      await joe.raisesFrom(journey.workplace.messageLink);
      await joe.press('Yes, right now');
      joe.fill({ adult: 'no', who: 'Leopold' });
      await joe.submit();
      const reference = await saved(journey, joe);
      const priya = await claim(journey, 'priya.nair', reference);
      expect(await details(priya, reference)).toContain(unfollowed());
      priya.close();
    });
  });

  describe('people who are not staff', () => {
    it.each([
      ['Perdita Pupil', 'pupil'],
      ['Gus Guest', 'guest'],
      ['Fiona Foreign', 'foreign'],
    ] as const)('tells %s kindly where to go, and stores nothing', async (name, kind) => {
      journey.upkeep.stranger(name, kind);
      const person = journey.person(name);
      const before = await journey.sql('SELECT id FROM case_file');
      await person.raises();
      expect(seen(person)).toContain('999');
      expect(seen(person)).toMatch(/tell a teacher|safeguarding team face to face/);
      expect(person.screen()?.fields ?? []).toEqual([]);
      person.close();
      await person.says('I am Wilhelmina and somebody hurts me');
      await person.sendsPicture();
      expect(await journey.sql('SELECT id FROM case_file')).toHaveLength(before.length);
      expect(await journey.sql('SELECT id FROM draft')).toEqual([]);
    });
  });

  itKeepsItsPromises(() => journey);
});

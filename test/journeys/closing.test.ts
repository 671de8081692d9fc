import { beforeAll, describe, expect, it } from 'vitest';
import { aboutIn, claim, details, raise, seen, walkOf } from '../support/journey-acts.ts';
import type { KeptButton } from '../support/journey-person.ts';
import { itKeepsItsPromises } from '../support/journey-promises.ts';
import { askToClose, calmLook, finish, take, walkMs, writing } from '../support/journey-walk.ts';
import { platforms, startJourney, type Journey } from '../support/journey.ts';

const parents = 'Shall this child’s parents be told?';
const theirAnswer = 'Their answer: Refer to children’s social care';

describe.each(platforms)('how a case ends on %s', (platform) => {
  let journey: Journey;
  let reference: string;
  const amy = () => journey.person('amy.lowe');
  const priya = () => journey.person('priya.nair');
  const tom = () => journey.person('tom.hale');
  const count = (key: string) => aboutIn(journey.person(key), reference).length;
  beforeAll(async () => {
    journey = await startJourney({ platform, school: 'hillside' });
    reference = await raise(journey, 'amy.lowe', {
      about: ['child-here'],
      kinds: ['hurt-or-home'],
      words: { said: 'Ottoline comes hungry, and flinches' },
    });
  });

  describe('the reporter is still worried (S47)', () => {
    it('tells the lead, and Amy whom she can ring without asking anybody', async () => {
      await claim(journey, 'priya.nair', reference);
      const before = count('priya.nair');
      await amy().press('I am still worried', { on: reference });
      await journey.settled();
      expect(count('priya.nair')).toBe(before + 1);
      const told = aboutIn(amy(), reference).at(-1) ?? '';
      expect(told).toContain('You can also refer it yourself, at any time.');
      expect(told).toContain('First Contact, 01632 960111');
      expect(told).toContain('Police, 101. In danger, 999.');
    });

    it('asks her neither to wait nor to seek anybody’s permission', () => {
      const told = aboutIn(amy(), reference).at(-1) ?? '';
      expect(told).toContain('You do not need anyone’s permission.');
      expect(told).not.toMatch(
        /\bwait\b|be patient|speak to .* first|ask .* first|before you ring/i,
      );
    });

    it('reaches the lead alone, by reference', () => {
      const told = aboutIn(priya(), reference).at(-1) ?? '';
      expect(told).toMatch(/still worried/);
      for (const key of ['tom.hale', 'ewa.zielinska', 'ruth.carr', 'joe.birch'])
        expect(count(key)).toBe(0);
    });
  });

  describe('closing is refused, and then done (S46)', () => {
    let toms: KeptButton;

    it('lists exactly what is missing', { timeout: walkMs }, async () => {
      await take(priya(), reference, calmLook({ name: 'Ottoline Gray', parts: ['harmed'] }));
      await finish(
        journey,
        priya(),
        reference,
        {
          'Refer to children’s social care?': 'Refer now',
          'Refer to children’s social care': writing({ 'says-parents': 'They may be told' }),
        },
        [parents, theirAnswer],
      );
      await askToClose(priya(), reference);
      const { title, text, fields } = priya().screen() ?? { text: '' };
      expect(title).toBe('Not yet');
      expect(fields).toEqual([]);
      const [, listed = ''] = text.split('This is missing:\n');
      expect(
        listed
          .split('Go to:')[0]
          ?.split('\n')
          .map((line) => line.replace(/^[-•] /, ''))
          .filter(Boolean),
      ).toEqual(['Refer to children’s social care: their answer', `${parents}: child 1`]);
      await priya().submit();
      expect(priya().screen()?.title).toBe('Not yet');
      expect((await journey.record(reference)).map(({ type }) => type)).not.toContain(
        'closing-proposed',
      );
    });

    it(
      'is proposed once both are there, and goes to the deputies and not to herself',
      { timeout: walkMs },
      async () => {
        await priya().press(theirAnswer);
        priya().fill({
          'reply-at-date': '2026-11-27',
          'reply-at-time': '14:00',
          'reply-from': 'A duty social worker',
          reply: 'They visit tomorrow',
        });
        await priya().submit();
        await finish(journey, priya(), reference, {
          [parents]: writing({ chosen: 'Tell them now' }),
        });
        await propose();
        expect(walkOf(priya(), reference)?.text).toContain('waiting for a second person');
        priya().close();
        for (const key of ['tom.hale', 'ewa.zielinska'])
          expect(aboutIn(journey.person(key), reference).at(-1)).toContain(
            'It needs a second person: you.',
          );
        expect(aboutIn(priya(), reference).join('\n')).not.toContain('second person: you');
        for (const key of ['ruth.carr', 'malcolm.dent', 'amy.lowe'])
          expect(aboutIn(journey.person(key), reference).join('\n')).not.toContain(
            'ready to close',
          );
      },
    );

    it('is not confirmed by her, even with Tom’s own button', async () => {
      toms = tom().keep('Confirm and close', { on: reference });
      expect(await priya().pressKept(toms)).toContain('no longer valid');
      expect(await types()).not.toContain('closed');
      priya().close();
    });

    it('is active again when Tom sends it back, and Priya reads why', async () => {
      await tom().press('Send it back', { on: reference });
      tom().fill({ reason: 'The debrief says nothing of Barnabas' });
      await tom().submit();
      tom().close();
      await journey.settled();
      expect(await types()).toContain('closing-returned');
      expect(aboutIn(priya(), reference).at(-1)).not.toContain('Barnabas');
      expect(await details(priya(), reference)).toContain('The debrief says nothing of Barnabas');
      priya().close();
      expect(walkOf(priya(), reference)?.text).not.toContain('waiting for a second person');
      expect(aboutIn(amy(), reference).join('\n')).not.toContain(`${reference} is closed`);
    });

    it('is not closed by the button of the first time', async () => {
      await tom().pressKept(toms);
      tom().close();
      expect(await types()).not.toContain('closed');
    });

    it('closes when he confirms, with the debrief in the record', async () => {
      await propose();
      priya().close();
      await tom().press('Confirm and close', { on: reference });
      await journey.settled();
      const record = await journey.record(reference);
      expect(record.at(-1)).toMatchObject({ type: 'closed', by: 'Tom Hale' });
      expect(record).toContainEqual(
        expect.objectContaining({ step: 'spine/debrief', result: 'done', by: 'Priya Nair' }),
      );
      expect(walkOf(priya(), reference)?.buttons).toContain('Open it again');
    });

    it('tells Amy once that it is closed, and nothing of how', async () => {
      const told = aboutIn(amy(), reference).filter((text) =>
        text.includes(`${reference} is closed`),
      );
      expect(told).toHaveLength(1);
      expect(told[0]).toContain('Thank you for raising it.');
      expect(told[0]).not.toMatch(/social care|parents/i);
      await tom().pressKept(toms);
      tom().close();
      await journey.settled();
      expect(
        aboutIn(amy(), reference).filter((text) => text.includes(`${reference} is closed`)),
      ).toHaveLength(1);
    });

    it('records nothing more, and lets Amy be worried still', async () => {
      // Twice within a minute is one press that was made twice.
      journey.itIs('10:50');
      const before = count('priya.nair');
      await amy().press('I am still worried', { on: reference });
      await journey.settled();
      expect(count('priya.nair')).toBe(before + 1);
      expect(seen(priya())).not.toContain('Ottoline');
    });
  });

  const types = async () => (await journey.record(reference)).map(({ type }) => type);

  async function propose(): Promise<void> {
    await askToClose(priya(), reference);
    priya().fill({
      end: 'With children’s social care',
      summary: 'Hunger and bruises, told above',
      outcome: 'Social care lead; breakfast club from tomorrow',
    });
    await priya().submit();
    await journey.settled();
  }

  itKeepsItsPromises(() => journey);
});

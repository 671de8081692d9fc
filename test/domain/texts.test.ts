import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defang, defangAll } from '../../src/domain/defang.ts';
import { holdsPhrase, namesAnyOf, properNames, speaksOfAnyOf } from '../../src/domain/names.ts';
import { readReference, referenceFrom } from '../../src/domain/reference.ts';

const label = fc.stringMatching(/^[a-z][a-z0-9]{1,8}$/);
const address = fc
  .tuple(
    fc.constantFrom('http://', 'https://', 'HTTP://', ''),
    fc.array(label, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('example', 'com', 'co.uk', 'io'),
    fc.constantFrom('', '/x?p=1', ':8080/a', '#b'),
  )
  .map(([scheme, labels, top, rest]) => `${scheme}${labels.join('.')}.${top}${rest}`);

describe('an address in a text', () => {
  it('becomes inert: no scheme that opens, no host with plain dots', () => {
    fc.assert(
      fc.property(fc.string(), address, fc.string(), (before, one, after) => {
        const made = defang(`${before} ${one} ${after}`);
        expect(made).not.toMatch(/https?:\/\//i);
        const host = one.replace(/^https?:\/\//i, '').split(/[/:?#]/)[0] ?? '';
        expect(made).not.toContain(host);
      }),
    );
  });

  it('is made inert once: a second time changes nothing', () => {
    const text = fc.oneof(
      fc.string(),
      address,
      fc.tuple(fc.string(), address).map((both) => both.join(' ')),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(defang(defang(given))).toBe(defang(given));
      }),
    );
  });

  it('is still to be read by a person (S5)', () => {
    expect(defang('see http://bad.example/x?p=1')).toBe('see hxxp://bad[.]example/x?p=1');
    expect(defang('javascript:alert(1) and msteams:/l')).toBe(
      'javascript[:]alert(1) and msteams[:]/l',
    );
    expect(defangAll({ link: 'https://a.example', said: 'He said no.' })).toEqual({
      link: 'hxxps://a[.]example',
      said: 'He said no.',
    });
  });

  it('that is a picture pasted as text is taken out whole, and no word after it', () => {
    const line = 'QUJD'.repeat(19);
    for (const data of [line, `${line}\n${line}\r\n${line}==`])
      expect(
        defang(`He sent data:image/png;base64,${data} and said he will hurt himself tonight`),
      ).toBe('He sent [removed: embedded image] and said he will hurt himself tonight');
  });

  it('leaves words alone that are no address', () => {
    const plain = 'Kai said: “no.” He left at 10.45. Then Mr. Hale came, e.g. at noon.';
    expect(defang(plain)).toBe(plain);
  });
});

describe('names in a text', () => {
  const name = fc.constantFrom('Kai', 'O’Brien', 'Nguyễn', 'Łukasz', 'Anne-Marie', 'Siân');

  it('are found as words in any case, and not inside other words', () => {
    fc.assert(
      fc.property(name, fc.constantFrom(' ', '.', ', ', '“', '\n'), (one, gap) => {
        expect(holdsPhrase(`about${gap}${one.toUpperCase()}${gap}today`, one)).toBe(true);
        expect(holdsPhrase(`x${one}x`, one)).toBe(false);
      }),
    );
  });

  it('are found by any part that is long enough to mean something', () => {
    expect(namesAnyOf('the birch tree', ['Joe Birch'])).toBe(true);
    expect(namesAnyOf('Jo is a short one', ['Jo Al'])).toBe(false);
    expect(namesAnyOf('Nothing of the kind', ['Joe Birch'])).toBe(false);
  });

  it('speak of somebody by full name or by title, and not by a first name that children share', () => {
    expect(speaksOfAnyOf('then Mrs Carr came', ['Ruth Carr'])).toBe(true);
    expect(speaksOfAnyOf('then ruth carr came', ['Ruth Carr'])).toBe(true);
    expect(speaksOfAnyOf('Ruth in 4B said so', ['Ruth Carr'])).toBe(false);
  });

  it('are told from what a class is called', () => {
    expect(properNames('Kai Lowe, Year 6, Form Tutor Mr Hale')).toEqual(['Kai', 'Lowe', 'Hale']);
  });
});

describe('a reference', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 16 });

  it('is read again from what somebody types, in any case and with or without its lines', () => {
    fc.assert(
      fc.property(bytes, (random) => {
        const made = referenceFrom('HS', random);
        expect(made).toMatch(/^HS-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
        expect(readReference(made)).toBe(made);
        expect(readReference(`it is ${made.toLowerCase()}, I think`)).toBe(made);
        expect(readReference(made.replaceAll('0', 'O').replaceAll('1', 'l'))).toBe(made);
      }),
    );
  });

  it('is made of chance alone, and of all of it: no counter, no order, no gap', () => {
    fc.assert(
      fc.property(bytes, fc.nat(9), fc.integer({ min: 1, max: 31 }), (random, at, by) => {
        const other = Uint8Array.from(random, (byte, index) => (index === at ? byte ^ by : byte));
        expect(referenceFrom('HS', random)).toBe(referenceFrom('HS', Uint8Array.from(random)));
        expect(referenceFrom('HS', other)).not.toBe(referenceFrom('HS', random));
      }),
    );
  });

  it('refuses to be made of too little chance', () => {
    expect(() => referenceFrom('HS', new Uint8Array(9))).toThrow(RangeError);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutNames } from '../../src/domain/redact.ts';

const kai = { name: 'Kai Rowan Ashdown', as: 'child 2' };

describe('a record without the names of others', () => {
  it.each([
    ['Kai Rowan Ashdown sent it to Kai.', 'child 2 sent it to child 2.'],
    ['KAI’s phone, then Ashdown’s.', 'child 2’s phone, then child 2’s.'],
    ['Kaiser and Mikail stay as they are.', 'Kaiser and Mikail stay as they are.'],
    ['Kai  Rowan\nAshdown', 'child 2'],
  ])('%j becomes %j', (said, left) => {
    expect(withoutNames(said, [kai], [])).toBe(left);
  });

  it('keeps a name that the child whose record it is bears too', () => {
    const said = 'Mia Ashdown and Kai Rowan Ashdown; Ashdown family; Kai';
    expect(withoutNames(said, [kai], ['Mia Ashdown'])).toBe(
      'Mia Ashdown and child 2; Ashdown family; child 2',
    );
  });

  it('reads a name as letters and never as a pattern', () => {
    expect(withoutNames('Axe (Bob) here', [{ name: 'A.e (Bob)', as: 'child 2' }], [])).toBe(
      'Axe child 2 here',
    );
  });

  it('leaves no part of a name, wherever it stands', () => {
    const part = fc.stringMatching(/^[A-Z][a-z]{3,8}$/).filter((one) => one !== 'Child');
    const words = fc.array(fc.stringMatching(/^[a-z]{1,3}$/), { maxLength: 6 });
    fc.assert(
      fc.property(part, part, words, words, (first, last, before, after) => {
        const said = [...before, first, ...after, last, `${first} ${last}`].join(' ');
        const left = withoutNames(said, [{ name: `${first} ${last}`, as: 'child 2' }], []);
        const standing = left.split(' ').map((word) => word.toLowerCase());
        expect(standing).not.toContain(first.toLowerCase());
        expect(standing).not.toContain(last.toLowerCase());
        for (const word of [...before, ...after]) expect(standing).toContain(word);
      }),
    );
  });
});

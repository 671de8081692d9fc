import { describe, expect, it } from 'vitest';
import { parseObject } from '../../src/teams/parse-json.ts';

describe('a body', () => {
  it.each(['null', '[]', '"x"', '1', 'true', '', '{', '{"a":1}x'])('of %s is no object', (text) => {
    expect(parseObject(text)).toBeNull();
  });

  it('of an object is that object', () => {
    expect(parseObject('{"a":[{"b":"}]{["}]}')).toEqual({ a: [{ b: '}]{[' }] });
    expect(parseObject('{"a":"\\"[[[["}')).toEqual({ a: '"[[[[' });
  });
});

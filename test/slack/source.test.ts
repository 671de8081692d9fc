import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const folder = new URL('../../src/slack/', import.meta.url);
const sources = readdirSync(folder).map((name) => ({
  name,
  text: readFileSync(new URL(name, folder), 'utf8'),
}));

function filesWith(pattern: RegExp): string[] {
  return sources.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
}

describe('the adapter’s own source', () => {
  it('posts and redraws in one file', () => {
    expect(filesWith(/\bchat\.(postMessage|update|postEphemeral|schedule\w+)\(/)).toEqual([
      'post.ts',
    ]);
  });

  it('draws windows in one file', () => {
    expect(filesWith(/\bviews\.(open|update|push|publish)\(/)).toEqual(['windows.ts']);
  });

  it('never stacks windows', () => {
    expect(filesWith(/views\.push|response_action: 'push'/)).toEqual([]);
  });

  it('makes no markup', () => {
    expect(filesWith(/type: 'mrkdwn'|type: 'markdown'/)).toEqual([]);
  });

  it('goes out through one function', () => {
    expect(filesWith(/\bfetch\(/)).toEqual(['egress-fetch.ts']);
    expect(filesWith(/\b(respond|response_url|say)\(/)).toEqual(['ask.ts']);
  });

  it('reads no file, environment or history, and logs nothing itself', () => {
    expect(
      filesWith(/process\.env|console\.|files\.\w+\(|conversations\.(history|replies)|url_private/),
    ).toEqual([]);
  });
});

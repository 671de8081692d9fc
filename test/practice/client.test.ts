import { expect, test } from 'vitest';
import { markdownToHtml } from '../../src/practice/client/cards/markdown.ts';
import {
  seatedOn,
  seatsFromUrl,
  seatsWith,
  urlWithSeats,
} from '../../src/practice/client/seats.ts';
import { emptyWorkspace, follow } from '../../src/practice/client/workspace.ts';
import type { WireMessage } from '../../src/practice/wire.ts';

test.each([
  ['plain', '<p>plain</p>'],
  ['**bold** and _slanted_', '<p><strong>bold</strong> and <em>slanted</em></p>'],
  ['one\ntwo\n\nthree', '<p>one<br>two</p><p>three</p>'],
  ['Never\n- look\n- copy', '<p>Never</p><ul><li>look</li><li>copy</li></ul>'],
  ['1. first\n2. second', '<ol><li>first</li><li>second</li></ol>'],
  ['[ring](tel:01632960111)', '<p><a href="tel:01632960111" rel="noreferrer">ring</a></p>'],
  ['[x](javascript:alert(1))', '<p>[x](javascript:alert(1))</p>'],
  ['<img src=x onerror=alert(1)>', '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
  [
    '[a" onmouseover="x](https://a.example/"b)',
    '<p><a href="https://a.example/&quot;b" rel="noreferrer">a&quot; onmouseover=&quot;x</a></p>',
  ],
  ['\\*\\*kept\\*\\* \\<b\\> \\[a\\](b)', '<p>**kept** &lt;b&gt; [a](b)</p>'],
  ['snake_case_name', '<p>snake_case_name</p>'],
])('Markdown of a card: %s', (text, html) => {
  expect(markdownToHtml(text)).toBe(html);
});

test('the address remembers who sits where', () => {
  const seats = { left: inTeams('hillside.amy-lowe'), right: null };
  const url = urlWithSeats('http://localhost:3978/?right=x&rightIn=slack', seats);
  expect(url).toBe('http://localhost:3978/?left=hillside.amy-lowe');
  expect(seatsFromUrl(url)).toEqual(seats);
});

test('the address remembers who sits in Slack', () => {
  const seats = { left: inSlack('amy'), right: inTeams('priya') };
  const url = urlWithSeats('http://localhost:3978/', seats);
  expect(url).toBe('http://localhost:3978/?left=amy&leftIn=slack&right=priya');
  expect(seatsFromUrl(url)).toEqual(seats);
  expect(seatedOn(seats, 'slack')).toEqual(['amy']);
});

test('nobody sits in two places', () => {
  const [a, b] = [inTeams('a'), inSlack('b')];
  expect(seatsWith({ left: a, right: b }, 'right', inSlack('a'))).toEqual({
    left: b,
    right: inSlack('a'),
  });
  expect(seatsWith({ left: a, right: b }, 'left', null)).toEqual({ left: null, right: b });
});

test('a changed message stays where it is, a new one comes last', () => {
  const events = [message('1', 'one'), message('2', 'two'), message('1', 'changed')];
  const begun = follow(emptyWorkspace, { type: 'snapshot', person: 'a', chats: [], messages: [] });
  const { desks } = events.reduce(
    (workspace, each) =>
      follow(workspace, { type: 'message', person: 'a', message: each, unread: 0 }),
    begun,
  );
  expect(desks['a']?.messages.map(({ text }) => text)).toEqual(['changed', 'two']);
});

function inTeams(person: string) {
  return { person, platform: 'teams' } as const;
}

function inSlack(person: string) {
  return { person, platform: 'slack' } as const;
}

function message(id: string, text: string): WireMessage {
  const author = { type: 'bot', name: 'Concern' } as const;
  const fixed = {
    chat: 'c',
    thread: null,
    at: '2026-11-28T10:00:00Z',
    cards: [],
    file: null,
    push: null,
  };
  return {
    id,
    text,
    author,
    textFormat: 'plain',
    ...fixed,
    onlyForYou: false,
    edited: false,
    gone: false,
    trouble: null,
  };
}

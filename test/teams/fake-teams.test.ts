import { describe, expect, it } from 'vitest';
import { violationsOf, type Json } from '../support/fake-teams-cards.ts';

const card = (...body: Json[]): Json => ({ type: 'AdaptiveCard', version: '1.5', body });
const text = { type: 'TextBlock', text: 'x', wrap: true };
const input = { type: 'Input.Text', id: 'a', label: 'A' };
const action = (more: Json): Json => ({
  type: 'ActionSet',
  actions: [{ title: 'Go', data: {}, ...more }],
});
const fetches = { data: { msteams: { type: 'task/fetch' } } };

type Row = [name: string, surface: 'chat' | 'dialog', card: Json];

describe('the stand-in for Teams refuses', () => {
  it.each<Row>([
    ['an unknown element', 'chat', card({ type: 'Image', url: 'https://school.example/x.png' })],
    ['a property that does not exist', 'chat', card({ ...text, weight: 'Fat' })],
    ['another version', 'chat', { ...card(text), version: '1.6' }],
    ['text that does not wrap', 'chat', card({ type: 'TextBlock', text: 'x' })],
    ['more than 100 KB', 'chat', card({ ...text, text: 'x'.repeat(60_000) })],
    ['an input without a label', 'chat', card({ type: 'Input.Text', id: 'a' })],
    ['a required input without a message', 'chat', card({ ...input, isRequired: true })],
    ['two inputs of one name', 'chat', card(input, input)],
    ['a value that a chat would keep', 'chat', card({ ...input, value: 'x' })],
    ['a button without a label', 'chat', card(action({ type: 'Action.Execute', title: '' }))],
    ['a button whose answer is lost', 'chat', card(action({ type: 'Action.Submit' }))],
    ['a button that does nothing', 'dialog', card(action({ type: 'Action.Execute', verb: 'x' }))],
    ['a link', 'chat', card(action({ type: 'Action.OpenUrl', url: 'https://school.example/' }))],
  ])('%s', (_name, surface, wrong) => {
    expect(violationsOf(wrong, surface)).not.toEqual([]);
  });

  it('nothing that is right', () => {
    expect(
      violationsOf(card(text, input, action({ type: 'Action.Submit', ...fetches })), 'chat'),
    ).toEqual([]);
    expect(
      violationsOf(card({ ...input, value: 'x' }, action({ type: 'Action.Submit' })), 'dialog'),
    ).toEqual([]);
  });
});

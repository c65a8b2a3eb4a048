import { expect, test } from 'vitest';
import { type CredentialDraft, credentialsOf, notGiven, whyNotField, whyNotGiven } from './credential-draft.ts';

const typed = (value: string) => ({ ...notGiven, value });
const kept = (secretId: string) => ({ ...notGiven, by: 'secret' as const, secretId });
const token = '123456789:AAExampleExampleExample';

test('the looks of a token are told while it is typed, and nothing of an empty one', () => {
  expect(whyNotField('telegram', 'bot-token', { 'bot-token': typed('12') })).toContain('not a bot token of Telegram');
  for (const draft of [{}, { 'bot-token': typed(`${token} `) }, { 'bot-token': kept('') }] satisfies CredentialDraft[])
    expect(whyNotField('telegram', 'bot-token', draft)).toBeUndefined();
});

test.each([
  ['telegram', {}, 'Enter the bot token'],
  ['telegram', { 'bot-token': kept('') }, 'Choose the secret that is the bot token'],
  ['slack', { 'bot-token': typed('xoxb-1234567890') }, 'Enter the app-level token'],
  ['slack', { 'bot-token': typed('xoxb-1234567890'), 'app-token': kept('1') }, undefined],
  ['whatsapp', {}, undefined],
] as const)('%s with %o is asked for when nothing is missing', (kind, draft, whyNot) =>
  expect(whyNotGiven(kind, draft)).toBe(whyNot),
);

test('what was typed goes as a value, what is kept by its id, and what a kind has not is left out', () => {
  expect(credentialsOf('slack', { 'bot-token': typed(' xoxb-1 '), 'app-token': kept('1') })).toEqual({
    'bot-token': { value: 'xoxb-1' },
    'app-token': { secretId: '1' },
  });
  expect(credentialsOf('whatsapp', { 'bot-token': typed('x') })).toEqual({});
});

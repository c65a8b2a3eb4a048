import { expect, test } from 'vitest';
import { whyNoPasskeysAt } from './where.ts';

test.each([
  ['http://localhost:4500'],
  ['http://fleet.localhost'],
  ['https://clawster.example.com'],
  ['https://clawster:8443'],
])('passkeys work at %s', (origin) => expect(whyNoPasskeysAt(origin)).toBeUndefined());

test.each([
  ['http://127.0.0.1:4500', 'open Clawster at http://localhost:4500 instead'],
  ['http://[::1]:4500', 'open Clawster at http://localhost:4500 instead'],
  ['http://2130706433', 'open Clawster at http://localhost instead'],
  ['https://192.0.2.7', 'give Clawster a name, with HTTPS'],
  ['https://[2001:db8::7]', 'give Clawster a name, with HTTPS'],
  ['http://clawster.example.com:4500', 'need HTTPS'],
])('passkeys do not work at %s, and it is said where they do', (origin, words) =>
  expect(whyNoPasskeysAt(origin)).toContain(words),
);

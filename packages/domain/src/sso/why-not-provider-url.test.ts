import { expect, test } from 'vitest';
import { whyNotProviderUrl } from './why-not-provider-url.ts';

test.each([
  ['https://login.example.com/tenant', true],
  ['http://127.0.0.1:9000', true],
  ['http://localhost:9000', true],
  ['http://[::1]:9000', true],
  ['http://login.example.com', false],
  ['http://127.0.0.1.example.com', false],
  ['http://10.0.0.7', false],
  ['https://ada:secret@login.example.com', false],
  ['ftp://login.example.com', false],
  ['login.example.com', false],
])('%s: %s', (url, may) => expect(whyNotProviderUrl(url) === undefined).toBe(may));

import type { Finding } from '@clawster/contract/finding';
import { expect, test } from 'vitest';
import { sayForm, sayPlace } from './say-finding.ts';

test.each<[Finding['place'], string]>([
  [
    { kind: 'bot', botName: 'Ada', part: 'file', name: 'logs/gateway.log', line: 12 },
    'In logs/gateway.log, line 12, on Ada',
  ],
  [{ kind: 'server', host: 'one', part: 'environment', name: 'node' }, 'In the environment of node, on the server one'],
  [{ kind: 'database', part: 'column', name: 'event.detail', row: '7' }, 'In event.detail, row 7, in the database'],
])('where a secret lies is said: %j', (place, sentence) => expect(sayPlace(place)).toBe(sentence));

test('how it is written is said, and how often when that is more than once', () => {
  expect(sayForm({ form: 'raw', packed: false, version: 1, times: 1 })).toBe('Version 1, as it is');
  expect(sayForm({ form: 'base64', packed: true, version: 3, times: 1_200 })).toBe(
    'Version 3, in base64, packed by gzip, 1,200 times',
  );
});

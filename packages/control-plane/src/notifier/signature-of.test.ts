import { expect, test } from 'vitest';
import { signatureOf } from './signature-of.ts';

test('a signature is of the time, too', () => {
  const at = new Date('2026-11-30T10:00:00Z');
  const signed = signatureOf('secret', '{}', at);
  expect(signed).toMatch(/^t=1796032800,v1=[\da-f]{64}$/);
  expect(signatureOf('secret', '{}', new Date(at.getTime() + 1_000)).split(',')[1]).not.toBe(signed.split(',')[1]);
  expect(signatureOf('other', '{}', at)).not.toBe(signed);
});

import { expect, test } from 'vitest';
import { newTotpSecret, totpCode, totpStep, totpUri } from './totp.ts';

/** RFC 6238, appendix B, in base32, with the last six of its eight digits. */
const known = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
test.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('the code of second %i is that of the standard', (second, code) => {
  expect(totpCode(known, new Date(second * 1000))).toBe(code);
  expect(totpStep(known, code, new Date(second * 1000))).toBe(Math.floor(second / 30));
});

test('a code is good one step early and late, and no further', () => {
  const secret = newTotpSecret();
  const now = new Date(1_800_000_015_000);
  const step = Math.floor(now.getTime() / 30_000);
  const found = [-3, -2, -1, 0, 1, 2, 3].map((steps) =>
    totpStep(secret, totpCode(secret, new Date(now.getTime() + steps * 30_000)), now),
  );
  expect(found).toEqual([undefined, undefined, step - 1, step, step + 1, undefined, undefined]);
});

test.each(['', '12345', '1234567', 'abcdef', ' 12 34', '１２３４５６'])('"%s" is no code', (code) =>
  expect(totpStep(known, code, new Date(59_000))).toBeUndefined(),
);

test('a secret has 160 bits and is told in the form apps read', () => {
  const secret = newTotpSecret();
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  expect(totpUri(secret, { email: 'ada@example.com' })).toBe(
    `otpauth://totp/Clawster:ada%40example.com?issuer=Clawster&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
});

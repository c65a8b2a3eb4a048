import { BotName } from '@clawster/contract/bot';
import { expect, test } from 'vitest';
import { nextName } from './next-name.ts';

test.each([
  ['researcher', 'researcher-2'],
  ['researcher-2', 'researcher-3'],
  ['bot-9', 'bot-10'],
  ['a', 'a-2'],
  ['x'.repeat(40), `${'x'.repeat(38)}-2`],
  [`${'x'.repeat(37)}-yz`, `${'x'.repeat(37)}-2`],
])('after %s comes %s, which is a name a bot may have', (name, next) => {
  expect(nextName(name)).toBe(next);
  expect(BotName.safeParse(next).success).toBe(true);
});

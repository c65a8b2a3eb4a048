import { expect, test } from 'vitest';
import { sayHalted } from './say-halted.ts';

test.each([
  ['stop', 12, 11, 'Stopped 12 bots; 11 confirmed within 5 s, 1 is being ended by its target.'],
  ['stop', 12, 9, 'Stopped 12 bots; 9 confirmed within 5 s, 3 are being ended by their targets.'],
  ['stop', 2, 0, 'Stopped 2 bots; none confirmed within 5 s, 2 are being ended by their targets.'],
  ['stop', 1, 1, 'Stopped 1 bot; it confirmed within 5 s.'],
  ['pause', 3, 2, 'Paused 3 bots; 2 confirmed within 5 s, 1 is paused as soon as its supervisor answers.'],
  // A supervisor may answer whose bot was stopped already.
  ['pause', 3, 4, 'Paused 3 bots; all confirmed within 5 s.'],
  ['stop', 0, 0, 'Nothing had to be stopped: no bot ran.'],
] as const)('%s of %i with %i answers', (mode, bots, confirmed, said) =>
  expect(sayHalted(mode, { bots, confirmed })).toBe(said),
);

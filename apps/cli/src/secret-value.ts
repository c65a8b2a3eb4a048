import { z } from 'zod';
import { askHidden, readSecretFromStdin } from './prompt.ts';
import type { World } from './world.ts';

/** A value comes from a hidden prompt or standard input, never argv: others on the machine can read that. */
export const valueOption: [string, string] = [
  '--value-stdin',
  'read the value from standard input instead of asking for it',
];
export const valueInput = { valueStdin: z.boolean().default(false) };

/** The value of a secret, from standard input or from whoever sits there. */
export function readValue(world: World, fromStdin: boolean): Promise<string> {
  return fromStdin ? readSecretFromStdin(world) : askHidden(world, 'Value', '--value-stdin');
}

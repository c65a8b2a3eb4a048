import type { Client } from '@clawster/client/client';
import { z } from 'zod';
import type { World } from '../../world.ts';
import { readValue } from '../../secret-value.ts';
import { findSecret } from '../secret/find-secret.ts';

/** What `create` and `update` both take. */
export const exporterOptions: [string, string][] = [
  ['--only <signal>', 'traces or metrics; absent: both'],
  ['--with-text', 'send what was said along, where the workspace keeps it'],
  ['--percent <percent>', 'send so many of a hundred traces, whole or not at all (100)'],
  ['--headers-secret <secret>', 'a secret that is kept: a header to a line, such as Authorization: Bearer abc'],
  ['--headers-stdin', 'read the headers from standard input, one to a line'],
];

export const exporterInput = {
  only: z.enum(['traces', 'metrics'], 'Write --only traces or --only metrics').optional(),
  withText: z.boolean().optional(),
  percent: z.coerce.number().optional(),
  headersSecret: z.string().optional(),
  headersStdin: z.boolean().default(false),
};
type Given = z.output<z.ZodObject<typeof exporterInput>>;

/** What the options say, as the server takes it; what they leave out is absent. */
export async function readSettings(client: Client, world: World, given: Given) {
  const { only, withText, percent, headersSecret, headersStdin } = given;
  return {
    ...(only ? { traces: only === 'traces', metrics: only === 'metrics' } : {}),
    ...(withText === undefined ? {} : { withText }),
    ...(percent === undefined ? {} : { percent }),
    ...(headersSecret ? { headersSecretId: (await findSecret(client, headersSecret)).id } : {}),
    ...(headersStdin ? { headers: await readValue(world, true) } : {}),
  };
}

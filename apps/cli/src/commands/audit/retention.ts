import type { Client } from '@clawster/client/client';
import type { AuditRetention } from '@clawster/contract/audit-retention';
import { z } from 'zod';
import { cliCommand, type Context } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { countText } from '../../output.ts';
import { confirmByName } from '../../prompt.ts';

export const retention = cliCommand({
  usage: 'audit retention',
  summary: 'Show or set how long events are kept; without an option it shows',
  options: [
    ['--days <days>', 'keep them for so many days, 30 at least; older ones are deleted within a day'],
    ['--for-ever', 'keep them for ever, as a new workspace does'],
    ['--yes', 'do not ask'],
  ],
  input: z.object({
    days: z.coerce.number().int().optional(),
    forEver: z.boolean().default(false),
    yes: z.boolean().default(false),
  }),
  async run({ client, world }, { days, forEver, yes }) {
    if (days !== undefined && forEver) throw new CliRefusal('Say either --days or --for-ever.', exitCodes.usage);
    if (forEver) return client.auditRetention.set({ days: null });
    if (days === undefined) return client.auditRetention.get({});
    await confirmDeletion({ client, world }, days, yes);
    return client.auditRetention.set({ days });
  },
  show: ({ days, forgottenUntil }) =>
    `Events are kept ${days === undefined ? 'for ever' : `for ${days} days`}.` +
    (forgottenUntil ? ` Those before ${forgottenUntil} are gone.` : ''),
});

/** Whoever shortens it is told how much goes. */
async function confirmDeletion(
  { client, world }: { client: Client; world: Context['world'] },
  days: number,
  yes: boolean,
): Promise<void> {
  const { due }: AuditRetention = await client.auditRetention.get({ days });
  if (due === 0) return;
  const name = String(days);
  const message = `Type ${name} to have ${countText(due)} events deleted for good`;
  await confirmByName(world, { name, message, otherwise: 'Nothing is deleted.' }, yes);
}

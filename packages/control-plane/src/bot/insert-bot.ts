import { randomBytes } from 'node:crypto';
import type { BotSpec, BotStatus } from '@clawster/contract/bot';
import type { Labels } from '@clawster/contract/label';
import { secretIds } from '@clawster/link/supervisor-methods';
import type { CommandContext } from '../command.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';

export type NewBot = { name: string; targetId: string; connectorId: string; labels: Labels; spec: BotSpec };

/** Stores a new bot with a gateway token of its own, which is never shown; refuses a name that is taken. */
export async function insertBot({ tx, caller, plane }: CommandContext, bot: NewBot): Promise<string> {
  const { workspaceId } = caller;
  const status = firstStatus(bot.spec, new Date());
  const { id } = await unlessNameTaken('bot', bot.name, () =>
    tx
      .insertInto('bot')
      .values({ ...bot, workspaceId, status, phase: status.phase })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  await storeSecret(tx, plane.keys, {
    workspaceId,
    ownerKind: 'bot',
    ownerId: id,
    field: secretIds.gatewayToken,
    value: randomBytes(32).toString('base64url'),
  });
  return id;
}

function firstStatus({ desired }: BotSpec, now: Date): BotStatus {
  const [phase, reason] =
    desired === 'running' ? (['pending', 'On its way'] as const) : (['stopped', 'Not started yet'] as const);
  return { phase, reason, since: now.toISOString(), evidence: [], steps: [], observedGeneration: 0, restartCount: 0 };
}

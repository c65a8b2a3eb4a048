import { api } from '@clawster/contract/api';
import type { SecretImpact } from '@clawster/contract/rotation';
import type { SecretUse } from '@clawster/contract/secret';
import { channelFacts } from '@clawster/domain/channel/kinds';
import type { ChannelKind } from '@clawster/contract/channel-settings';
import { waveOf } from '@clawster/domain/rotation/waves';
import { query } from '../query.ts';
import { getSecret } from '../secret/secret.queries.ts';
import type { Tx } from '../transaction.ts';
import { secretBots } from './secret-bots.ts';

const listedMax = 500;

/** What another value of a secret touches, before anything is done. */
export const secretImpact = query(api.rotations.impact, async ({ tx }, { secretId }): Promise<SecretImpact> => {
  const { uses } = await getSecret(tx, secretId);
  const bots = await secretBots(tx, secretId);
  const kinds = await channelKindsOf(tx, uses);
  return {
    uses,
    counts: {
      bots: bots.length,
      running: bots.filter(({ running }) => running).length,
      hot: bots.length,
      restart: 0,
      channels: uses.filter(({ kind }) => kind === 'channel').length,
    },
    bots: bots.slice(0, listedMax).map((bot, place) => ({
      ...bot,
      // Seen on OpenClaw 2026.9.6: secrets are taken over as it runs, whatever they are for.
      reload: 'hot' as const,
      interruption: bot.running ? interruptionOf(bot.uses, kinds) : 'None: it does not run',
      wave: waveOf(place, bots.length, false),
    })),
  };
});

async function channelKindsOf(tx: Tx, uses: readonly SecretUse[]): Promise<Map<string, ChannelKind>> {
  const ids = uses.filter(({ kind }) => kind === 'channel').map(({ id }) => id);
  if (ids.length === 0) return new Map();
  const rows = await tx.selectFrom('channel').select(['id', 'kind']).where('id', 'in', ids).execute();
  return new Map(rows.map(({ id, kind }) => [id, kind as ChannelKind]));
}

/** What people who talk to the bot notice of it. */
function interruptionOf(uses: readonly SecretUse[], kinds: ReadonlyMap<string, ChannelKind>): string {
  const services = [...new Set(uses.flatMap(({ id }) => kinds.get(id) ?? []))].map((kind) => channelFacts[kind].name);
  if (services.length === 0) return 'None: the next call to the model uses the new value';
  return `Some seconds: it connects to ${services.join(' and ')} anew, where messages wait meanwhile`;
}

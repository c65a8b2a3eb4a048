import type { ChannelOfBot } from '@clawster/domain/channel/channels-of';
import { channelSecretId } from '@clawster/domain/channel/document';
import { credentialFields } from '@clawster/domain/channel/kinds';
import type { Credential, TelegramUpstream } from '@clawster/link/channel';
import type { ControlPlane } from '../plane.ts';
import { serviceOrigins } from './ask-channel.ts';
import { readUsedSecret } from '../secret/secret-use.ts';
import type { Tx } from '../transaction.ts';

type Delivered = { secrets: Record<string, string>; credentials: Credential[]; telegram?: TelegramUpstream };

/** The credentials of a bot's channels in the clear, by the ids its document names; for the link alone. */
export async function channelSecrets(
  tx: Tx,
  { keys }: Pick<ControlPlane, 'keys'>,
  { workspaceId, botId, channels }: { workspaceId: string; botId: string; channels: readonly ChannelOfBot[] },
): Promise<Delivered> {
  const secrets: Record<string, string> = {};
  const credentials: Credential[] = [];
  let telegram: TelegramUpstream | undefined;
  for (const { id, kind, settings } of channels)
    for (const field of credentialFields(kind)) {
      const used = await readUsedSecret(tx, keys, { workspaceId, botId, ownerKind: 'channel', ownerId: id, field });
      if (!used) continue;
      // Telegram's stays with the supervisor, which puts it in on the way out.
      if (kind === 'telegram') telegram = { apiRoot: settings.apiRoot ?? serviceOrigins.telegram, token: used.value };
      else secrets[channelSecretId(kind, field)] = used.value;
      credentials.push({ secretId: used.secretId, version: used.version, use: { kind: 'channel', channel: kind } });
    }
  return { secrets, credentials, ...(telegram ? { telegram } : {}) };
}

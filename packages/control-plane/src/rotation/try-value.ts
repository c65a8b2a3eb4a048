import type { Provider } from '@clawster/contract/connector';
import type { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import type { SecretUse } from '@clawster/contract/secret';
import { credentialFields, whyNotCredentials } from '@clawster/domain/channel/kinds';
import { askChannel } from '../channel/ask-channel.ts';
import { askProvider } from '../connector/ask-provider.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readUsedSecret } from '../secret/secret-use.ts';

/** What a service said of a value: `refused` only where it answered, and did not take it. */
export type Tried = { outcome: 'taken' | 'refused' | 'unknown'; text: string };
type Trying = { workspaceId: string; use: SecretUse; value: string };

/** Asks the service behind a use with this value in the place of the one there is; nothing is saved. */
export async function tryValue(plane: ControlPlane, trying: Trying): Promise<Tried> {
  const { ok, refused, message } =
    trying.use.kind === 'connector' ? await tryConnector(plane, trying) : await tryChannel(plane, trying);
  return { outcome: ok ? 'taken' : refused ? 'refused' : 'unknown', text: message };
}

const asking = ({ settings }: ControlPlane) => ({ allowPrivate: settings.allowPrivateAddresses, now: new Date() });

async function tryConnector(plane: ControlPlane, { workspaceId, use, value }: Trying) {
  const row = await readAs(plane, { workspaceId }, (tx) =>
    tx
      .selectFrom('connector')
      .select(['provider', 'baseUrl', 'model'])
      .where('id', '=', use.id)
      .executeTakeFirstOrThrow(),
  );
  const provider = row.provider as Exclude<Provider, 'demo'>;
  return askProvider({ provider, baseUrl: row.baseUrl ?? undefined, model: row.model, apiKey: value }, asking(plane));
}

async function tryChannel(plane: ControlPlane, { workspaceId, use, value }: Trying) {
  const { kind, settings, credentials } = await readAs(plane, { workspaceId }, async (tx) => {
    const row = await tx
      .selectFrom('channel')
      .select(['kind', 'settings'])
      .where('id', '=', use.id)
      .executeTakeFirstOrThrow();
    const channel = { kind: row.kind as ChannelKind, settings: row.settings as ChannelSettings };
    const held: Record<string, string> = {};
    for (const field of credentialFields(channel.kind)) {
      const place = { workspaceId, ownerKind: 'channel', ownerId: use.id, field } as const;
      const used = field === use.field ? undefined : await readUsedSecret(tx, plane.keys, place);
      if (used) held[field] = used.value;
    }
    return { ...channel, credentials: { ...held, [use.field]: value } };
  });
  const wrong = whyNotCredentials(kind, credentials);
  if (wrong) return { ok: false, refused: true, message: wrong.message };
  return askChannel({ kind, settings, credentials }, asking(plane));
}

import type { Provider } from '@clawster/contract/connector';
import type { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import type { SecretUse } from '@clawster/contract/secret';
import { credentialFields, whyNotCredentials } from '@clawster/domain/channel/kinds';
import { askChannel } from '../channel/ask-channel.ts';
import { askProvider } from '../connector/ask-provider.ts';
import { getExporter } from '../exporter/exporter.queries.ts';
import { headersIn } from '../exporter/headers.ts';
import { sendOtlp } from '../exporter/send-otlp.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readUsedSecret } from '../secret/secret-use.ts';

/** What a service said of a value: `refused` only where it answered, and did not take it. */
export type Tried = { outcome: 'taken' | 'refused' | 'unknown'; text: string };
type Trying = { workspaceId: string; use: SecretUse; value: string };

/** Asks the service behind a use with this value in the place of the one there is; nothing is saved. */
export async function tryValue(plane: ControlPlane, trying: Trying): Promise<Tried> {
  const { ok, refused, message } = await tries[trying.use.kind](plane, trying);
  return { outcome: ok ? 'taken' : refused ? 'refused' : 'unknown', text: message };
}

type Try = (
  plane: ControlPlane,
  trying: Trying,
) => Promise<{ ok: boolean; refused?: boolean | undefined; message: string }>;
const tries: Record<SecretUse['kind'], Try> = {
  connector: tryConnector,
  channel: tryChannel,
  exporter: tryExporter,
};

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

/** An empty request: whoever takes the headers takes it, and nothing is left behind there. */
async function tryExporter(plane: ControlPlane, { workspaceId, use, value }: Trying) {
  const headers = headersIn(value);
  if (!headers)
    return {
      ok: false,
      refused: true,
      message: 'Write each header on a line of its own, such as Authorization: Bearer abc',
    };
  const { endpoint, traces } = await readAs(plane, { workspaceId }, (tx) => getExporter(tx, use.id));
  const receiver = { endpoint, headers, allowPrivate: plane.settings.allowPrivateAddresses };
  const { trouble, isRefused } = await sendOtlp(receiver, traces ? 'traces' : 'metrics', new Uint8Array());
  return { ok: trouble === undefined, refused: isRefused, message: trouble ?? 'It took the headers' };
}

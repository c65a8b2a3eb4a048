import type { ChannelCheck, ChannelCredentials } from '@clawster/contract/channel';
import type { ChannelKind, ChannelSettings } from '@clawster/contract/channel-settings';
import { credentialFields, whyNotCredentials } from '@clawster/domain/channel/kinds';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { type GivenSecret, readNamedSecret, readUsedSecret, refuseUnlessKeeper } from '../secret/secret-use.ts';
import type { Tx } from '../transaction.ts';
import { askChannel } from './ask-channel.ts';

type Wanted = { kind: ChannelKind; settings: ChannelSettings; credentials: ChannelCredentials };

/** What was given for each field, without those left out. */
export function givenCredentials(credentials: ChannelCredentials): [string, GivenSecret][] {
  return Object.entries(credentials).filter((entry): entry is [string, GivenSecret] => entry[1] !== undefined);
}

/** Asks the service with what was given and, of a channel that is there, with what it has beside it. */
export async function checkWanted(
  plane: ControlPlane,
  caller: SignedIn,
  { channelId, ...wanted }: Wanted & { channelId?: string },
): Promise<ChannelCheck> {
  const credentials = await readAs(plane, caller, (tx) => valuesOf({ plane, caller, tx }, { ...wanted, channelId }));
  const wrong = whyNotCredentials(wanted.kind, credentials);
  if (wrong) throw Refusal.at(`credentials.${wrong.field}`, 'invalid', wrong.message);
  return askChannel(
    { ...wanted, credentials },
    { allowPrivate: plane.settings.allowPrivateAddresses, now: new Date() },
  );
}

/** The same, and refuses when the service does not take them. */
export async function checkOrRefuse(
  plane: ControlPlane,
  caller: SignedIn,
  wanted: Wanted & { channelId?: string },
): Promise<ChannelCheck> {
  const check = await checkWanted(plane, caller, wanted);
  if (!check.ok) throw new Refusal('refused', check.message);
  return check;
}

async function valuesOf(
  { plane, caller, tx }: { plane: ControlPlane; caller: SignedIn; tx: Tx },
  { kind, credentials, channelId }: Pick<Wanted, 'kind' | 'credentials'> & { channelId: string | undefined },
): Promise<Partial<Record<string, string>>> {
  const { workspaceId } = caller;
  const values: Partial<Record<string, string>> = {};
  if (channelId)
    for (const field of credentialFields(kind)) {
      const used = await readUsedSecret(tx, plane.keys, {
        workspaceId,
        ownerKind: 'channel',
        ownerId: channelId,
        field,
      });
      if (used) values[field] = used.value;
    }
  for (const [field, given] of givenCredentials(credentials)) {
    if ('secretId' in given) refuseUnlessKeeper(caller);
    values[field] =
      'value' in given ? given.value : await readNamedSecret(tx, plane.keys, { workspaceId, secretId: given.secretId });
  }
  return values;
}

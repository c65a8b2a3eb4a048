import { api } from '@clawster/contract/api';
import type { Channel, ChannelCheck } from '@clawster/contract/channel';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { changeChannel } from './change-channel.ts';
import { getChannel } from './channel.queries.ts';
import { checkOrRefuse, givenCredentials } from './connection-of.ts';
import { setCredentials } from './set-credentials.ts';

/** Changes a channel; where it is to be reached otherwise or with other credentials, the service is asked first. */
export async function updateChannel(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Channel> {
  const admitted = admit(api.channels.update, caller);
  const input = parseInput(api.channels.update, raw);
  const now = await readAs(plane, admitted, (tx) => getChannel(tx, input.channelId));
  const settings = input.settings ?? now.settings;
  const isElsewhere = settings.apiRoot !== now.settings.apiRoot;
  const isGiven = givenCredentials(input.credentials).length > 0;
  // A stored token never goes to an address it was not given for.
  if (isElsewhere && now.secrets.some(({ field }) => !(field in input.credentials)))
    throw new Refusal(
      'refused',
      'Enter the token again: the stored one is only sent to the address it was entered for',
    );
  const wanted = { channelId: now.id, kind: now.kind, settings, credentials: input.credentials };
  const check = isElsewhere || isGiven ? await checkOrRefuse(plane, admitted, wanted) : undefined;
  return save(check)(plane, caller, raw);
}

const save = (check: ChannelCheck | undefined) =>
  command(api.channels.update, async (context, { channelId, name, settings, credentials }) => {
    const { tx, record } = context;
    const before = await getChannel(tx, channelId);
    const isGiven = givenCredentials(credentials).length > 0;
    const write = async () => {
      await unlessNameTaken('channel', name ?? '', () =>
        tx
          .updateTable('channel')
          .set({
            ...(name ? { name } : {}),
            ...(settings ? { settings } : {}),
            ...(check ? { checkResult: check } : {}),
            updatedAt: sql<Date>`now()`,
          })
          .where('id', '=', channelId)
          .execute(),
      );
      await setCredentials(context, before, credentials);
    };
    const bots = await changeChannel(context, { id: channelId, name: name ?? before.name }, { write, told: isGiven });
    const after = await getChannel(tx, channelId);
    await record({
      type: 'channel-updated',
      subjectId: channelId,
      subjectName: after.name,
      detail: { ...changesOf(toldOf(before, false), toldOf(after, isGiven)), bots },
    });
    return after;
  });

/** What a person sets. Of credentials only that they are others is known here, which is enough to say so. */
function toldOf({ name, settings, secrets }: Channel, isGiven: boolean) {
  return { name, ...settings, credentials: secrets.length > 0 && (isGiven ? 'others' : 'those there were') };
}

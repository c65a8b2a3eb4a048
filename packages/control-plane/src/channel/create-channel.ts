import { api } from '@clawster/contract/api';
import type { Channel, ChannelCheck } from '@clawster/contract/channel';
import { channelFacts } from '@clawster/domain/channel/kinds';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getChannel } from './channel.queries.ts';
import { checkOrRefuse } from './connection-of.ts';
import { setCredentials } from './set-credentials.ts';

/** Adds a channel whose service has just taken its credentials; they are kept as secrets, not to be read again. */
export async function createChannel(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Channel> {
  const admitted = admit(api.channels.create, caller);
  const check = await checkOrRefuse(plane, admitted, parseInput(api.channels.create, raw));
  return save(check)(plane, caller, raw);
}

const save = (check: ChannelCheck) =>
  command(api.channels.create, async (context, { name, kind, settings, credentials }) => {
    const { tx, caller, record } = context;
    const { id } = await unlessNameTaken('channel', name, () =>
      tx
        .insertInto('channel')
        .values({ workspaceId: caller.workspaceId, name, kind, settings, checkResult: check })
        .returning('id')
        .executeTakeFirstOrThrow(),
    );
    await setCredentials(context, { id, name }, credentials);
    const detail = { kind: channelFacts[kind].name, ...(check.account ? { account: check.account } : {}) };
    await record({ type: 'channel-created', subjectId: id, subjectName: name, detail });
    return getChannel(tx, id);
  });

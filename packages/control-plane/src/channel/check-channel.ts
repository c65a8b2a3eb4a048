import { api } from '@clawster/contract/api';
import type { Channel, ChannelCheck } from '@clawster/contract/channel';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { getChannel } from './channel.queries.ts';
import { checkWanted } from './connection-of.ts';

/** Asks the service anew with what is kept, and keeps what it said. */
export async function checkChannel(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Channel> {
  const admitted = admit(api.channels.check, caller);
  const { channelId } = parseInput(api.channels.check, raw);
  const { kind, settings } = await readAs(plane, admitted, (tx) => getChannel(tx, channelId));
  return save(await checkWanted(plane, admitted, { channelId, kind, settings, credentials: {} }))(plane, caller, raw);
}

const save = (check: ChannelCheck) =>
  command(api.channels.check, async ({ tx, record }, { channelId }) => {
    await tx.updateTable('channel').set({ checkResult: check }).where('id', '=', channelId).execute();
    const channel = await getChannel(tx, channelId);
    const detail = { ok: check.ok, message: check.message };
    await record({ type: 'channel-checked', subjectId: channelId, subjectName: channel.name, detail });
    return channel;
  });

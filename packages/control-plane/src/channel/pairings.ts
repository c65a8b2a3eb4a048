import { api } from '@clawster/contract/api';
import type { ChannelPairing } from '@clawster/contract/channel';
import { botThatCan } from '../bot/bot-that-can.ts';
import { getBot } from '../bot/bot.queries.ts';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';

const timeoutMs = 30_000;

/** Who wrote to a bot and waits to be let in, as its gateway says now. */
export async function listPairings(
  plane: ControlPlane,
  caller: Caller,
  raw: unknown,
): Promise<{ items: ChannelPairing[] }> {
  const admitted = admit(api.channels.pairings, caller);
  const { botId } = parseInput(api.channels.pairings, raw);
  await readAs(plane, admitted, (tx) => botThatCan(tx, botId, 'chat'));
  const { requests } = await plane.links.request(botId, { method: 'channel.pairings', params: {} }, { timeoutMs });
  return { items: requests.map(({ channel, ...request }) => ({ ...request, kind: channel })) };
}

/** Lets someone in, or turns them away; recorded once the gateway has done so. */
export async function decidePairing(plane: ControlPlane, caller: Caller, raw: unknown): Promise<Record<string, never>> {
  const admitted = admit(api.channels.decidePairing, caller);
  const { botId, kind, ...decided } = parseInput(api.channels.decidePairing, raw);
  await readAs(plane, admitted, (tx) => botThatCan(tx, botId, 'chat'));
  await plane.links.request(
    botId,
    { method: 'channel.pairing.decide', params: { ...decided, channel: kind } },
    { timeoutMs },
  );
  return command(api.channels.decidePairing, async ({ tx, record }) => {
    const { name } = await getBot(tx, botId);
    await record({
      type: 'channel-pairing-decided',
      subjectId: botId,
      subjectName: name,
      detail: { kind, ...decided },
    });
    return {};
  })(plane, caller, raw);
}

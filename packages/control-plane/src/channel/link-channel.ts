import { api } from '@clawster/contract/api';
import type { BotChannel, ChannelLogin } from '@clawster/contract/channel';
import { Refusal } from '@clawster/domain/refusal';
import { botThatCan } from '../bot/bot-that-can.ts';
import type { Caller, SignedIn } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { botChannel } from './bot-channels.ts';

type Asked = { botId: string; channelId: string };

/** OpenClaw asks WhatsApp for a code in some seconds. */
const startMs = 60_000;
/** As long as a code is shown before another takes its place, and less than a proxy lets a request wait. */
const waitMs = 25_000;

/** Gets the code by which a phone links the bot; that it was asked for is recorded, the code is not. */
export async function startLogin(plane: ControlPlane, caller: Caller, raw: unknown): Promise<ChannelLogin> {
  const admitted = admit(api.channels.startLogin, caller);
  const asked = parseInput(api.channels.startLogin, raw);
  const channel = await linkable(plane, admitted, asked);
  const told = await plane.links.request(
    asked.botId,
    { method: 'channel.login.start', params: { channel: channel.kind, force: asked.force } },
    { timeoutMs: startMs },
  );
  const login = { ...told, connected: told.connected ?? false };
  return command(api.channels.startLogin, async (context) => {
    await tell(context, asked, {
      channel,
      type: 'channel-linked',
      detail: { asked: 'code', connected: login.connected },
    });
    return login;
  })(plane, caller, raw);
}

/** Waits until the code was scanned, or another is to be shown. */
export async function waitLogin(plane: ControlPlane, caller: Caller, raw: unknown): Promise<ChannelLogin> {
  const admitted = admit(api.channels.waitLogin, caller);
  const asked = parseInput(api.channels.waitLogin, raw);
  const channel = await linkable(plane, admitted, asked);
  const params = {
    channel: channel.kind,
    timeoutMs: waitMs,
    ...(asked.qrDataUrl ? { currentQrDataUrl: asked.qrDataUrl } : {}),
  };
  const login = await plane.links.request(
    asked.botId,
    { method: 'channel.login.wait', params },
    { timeoutMs: waitMs + 10_000 },
  );
  if (!login.connected) return login;
  return command(api.channels.waitLogin, async (context) => {
    await tell(context, asked, { channel, type: 'channel-linked', detail: { connected: true } });
    return login;
  })(plane, caller, raw);
}

/** Ends a bot's link to a phone. */
export async function logoutChannel(plane: ControlPlane, caller: Caller, raw: unknown): Promise<{ message: string }> {
  const admitted = admit(api.channels.logout, caller);
  const asked = parseInput(api.channels.logout, raw);
  const channel = await linkable(plane, admitted, asked);
  const { message } = await plane.links.request(
    asked.botId,
    { method: 'channel.logout', params: { channel: channel.kind } },
    { timeoutMs: startMs },
  );
  return command(api.channels.logout, async (context) => {
    await tell(context, asked, { channel, type: 'channel-unlinked', detail: { message } });
    return { message };
  })(plane, caller, raw);
}

async function linkable(plane: ControlPlane, caller: SignedIn, { botId, channelId }: Asked) {
  const channel = await readAs(plane, caller, async (tx) => {
    await botThatCan(tx, botId, 'chat');
    return botChannel(tx, caller.workspaceId, { botId, channelId });
  });
  if (channel.kind !== 'whatsapp')
    throw new Refusal('refused', `${channel.name} is reached with a token: only WhatsApp is linked by a phone`);
  return channel;
}

async function tell(
  { tx, caller, record }: CommandContext,
  asked: Asked,
  { channel, type, detail }: { channel: BotChannel; type: 'channel-linked' | 'channel-unlinked'; detail: object },
): Promise<void> {
  const { name } = await botThatCan(tx, asked.botId, 'chat');
  const there = await botChannel(tx, caller.workspaceId, asked);
  await record({
    type,
    subjectId: there.channelId,
    subjectName: channel.name,
    detail: { bot: name, botId: asked.botId, ...detail },
  });
}

import type { BotChannel, ChannelLogin } from '@clawster/contract/channel';
import { loginStep } from '@clawster/domain/channel/login';
import { z } from 'zod';
import { cliCommand, type Context } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { findBot } from '../../find.ts';
import { drawQrCode } from '../../qr-picture.ts';
import { withinSeconds } from '../../waiting.ts';

const howTo = 'On the phone: WhatsApp, Settings, Linked devices, Link a device. Then point it at the code.';

export const linkWhatsapp = cliCommand({
  usage: 'bot link-whatsapp <bot>',
  summary: 'Link a bot to WhatsApp by a code that a phone scans',
  options: [
    ['--force', 'link it anew, also when it is linked'],
    ['--timeout <seconds>', 'how long to wait for the phone (300)'],
  ],
  input: z.object({
    bot: z.string(),
    force: z.boolean().default(false),
    timeout: z.coerce.number().positive().default(300),
  }),
  async run(context, { bot, force, timeout }) {
    const { client, signal } = context;
    const { id: botId, name } = await findBot(client, bot);
    const { items } = await client.channels.ofBot({ botId });
    const channel = items.find(({ kind }) => kind === 'whatsapp');
    if (!channel)
      throw new CliRefusal(
        `${name} has no WhatsApp channel. Give it one: clawster channel attach <channel> --bot ${name}`,
      );
    const login = await client.channels.startLogin({ botId, channelId: channel.channelId, force }, { signal });
    const sentence = `Nobody scanned the code within ${timeout} s. Begin anew: clawster bot link-whatsapp ${name}`;
    const linked = await withinSeconds({ signal, seconds: timeout, sentence }, (inTime) =>
      untilLinked(context, { botId, channel, login }, inTime),
    );
    return { bot: name, channel: channel.name, ...linked };
  },
  show: ({ bot, message }) => `${bot} is linked. ${message}`,
});

type Linking = { botId: string; channel: BotChannel; login: ChannelLogin };

/** Shows each code that takes the place of the one before, until the phone has scanned one. */
async function untilLinked(
  { client, out }: Context,
  { botId, channel: { channelId }, login }: Linking,
  signal: AbortSignal,
): Promise<ChannelLogin> {
  let now = login;
  let shown: string | undefined;
  let step = loginStep(now);
  while (step.state === 'scan') {
    const { qrDataUrl } = step;
    if (qrDataUrl !== shown) out.note(`${await drawQrCode(qrDataUrl)}\n${howTo}`);
    shown = qrDataUrl;
    const askedMs = performance.now();
    now = await client.channels.waitLogin({ botId, channelId, qrDataUrl }, { signal });
    step = loginStep(now, shown, performance.now() - askedMs);
  }
  if (step.state === 'over') throw new CliRefusal(`There is no code to scan: ${now.message}`);
  return now;
}

import { z } from 'zod';
import { pairingTable } from '../../channel-text.ts';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { findBot } from '../../find.ts';

export const pairings = cliCommand({
  usage: 'bot pairings <bot>',
  summary: 'List who wrote to a bot and waits to be let in, or let one in',
  options: [
    ['--approve <id>', 'let this one in'],
    ['--dismiss <id>', 'turn this one away'],
  ],
  input: z.object({ bot: z.string(), approve: z.string().optional(), dismiss: z.string().optional() }),
  async run({ client, out }, { bot, approve, dismiss }) {
    if (approve !== undefined && dismiss !== undefined)
      throw new CliRefusal('Say --approve or --dismiss, not both.', exitCodes.usage);
    const { id: botId, name } = await findBot(client, bot);
    const { items } = await client.channels.pairings({ botId });
    const wanted = approve ?? dismiss;
    if (wanted === undefined) return items;
    const found = items.find(({ requestId }) => requestId === wanted);
    if (!found) throw new CliRefusal(`Nobody waits under ${wanted}. See who does: clawster bot pairings ${name}`);
    const { requestId, kind, account } = found;
    const decision = approve === undefined ? 'dismiss' : 'approve';
    await client.channels.decidePairing({ botId, requestId, kind, account, decision });
    out.note(`${found.senderName ?? found.senderId} was ${decision === 'approve' ? 'let in' : 'turned away'}.`);
    return items.filter((one) => one !== found);
  },
  show: pairingTable,
});

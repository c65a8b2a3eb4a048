import { z } from 'zod';
import { mark } from '../../bot-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';
import { countOpen, findingLines } from '../../finding-text.ts';

export const doctor = cliCommand({
  usage: 'bot doctor <bot>',
  summary: "Run OpenClaw's own doctor on the bot; changes nothing",
  input: z.object({ bot: z.string() }),
  run: async ({ client, signal }, { bot }) =>
    client.bots.doctor({ botId: (await findBot(client, bot)).id }, { signal }),
  show: ({ ok, findings, durationMs }, out) =>
    [
      `${mark(ok, out)} ${countOpen(findings)} in ${(durationMs / 1000).toFixed(1)} s`,
      ...findingLines(findings, out),
    ].join('\n'),
});

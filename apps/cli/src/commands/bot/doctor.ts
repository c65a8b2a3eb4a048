import { z } from 'zod';
import { mark } from '../../bot-text.ts';
import { cliCommand } from '../../command.ts';
import { findBot } from '../../find.ts';

export const doctor = cliCommand({
  usage: 'bot doctor <bot>',
  summary: "Run OpenClaw's own doctor on the bot; changes nothing",
  input: z.object({ bot: z.string() }),
  run: async ({ client, signal }, { bot }) =>
    client.bots.doctor({ botId: (await findBot(client, bot)).id }, { signal }),
  show(report, out) {
    const findings = report.findings.map(
      ({ severity, message, path, fixHint }) =>
        `  ${severity}: ${message}${path ? ` (${path})` : ''}${fixHint ? `\n    ${fixHint}` : ''}`,
    );
    const summary = report.findings.length === 0 ? 'no findings' : `${report.findings.length} findings`;
    return [`${mark(report.ok, out)} ${summary} in ${(report.durationMs / 1000).toFixed(1)} s`, ...findings].join('\n');
  },
});

import type { Exporter } from '@clawster/contract/exporter';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { ago, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'exporter list',
  summary: 'List the tools that traces and metrics are sent to, and how it goes',
  input: z.object({}),
  run: async ({ client }) => (await client.exporters.list()).items,
  show: (exporters) =>
    table(
      ['name', 'to', 'what', 'sent', 'trouble', 'id'],
      exporters.map((exporter) => [
        exporter.name,
        exporter.endpoint,
        whatOf(exporter),
        exporter.sentAt ? `${exporter.sentSpans} spans, last ${ago(exporter.sentAt)} ago` : 'nothing yet',
        exporter.stoppedAt ? `stopped: ${exporter.trouble}` : (exporter.trouble ?? ''),
        exporter.id,
      ]),
      'Nothing is sent elsewhere. Send it: clawster exporter create <name> --endpoint <url>',
    ),
});

function whatOf({ traces, metrics, withText, percent }: Exporter): string {
  const share = percent < 100 ? `${percent} % of traces` : 'traces';
  return [traces ? `${share}${withText ? ' with text' : ''}` : '', metrics ? 'metrics' : ''].filter(Boolean).join(', ');
}

import type { AuditSinkPlace } from '@clawster/contract/audit-sink';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { ago, table } from '../../output.ts';

export const list = cliCommand({
  usage: 'audit-sink list',
  summary: 'List where checkpoints of the audit trail are sent',
  input: z.object({}),
  run: async ({ client }) => (await client.auditSinks.list()).items,
  show: (sinks) =>
    table(
      ['name', 'to', 'last sent', 'trouble', 'id'],
      sinks.map(({ id, name, place, file, sentNumber, sentAt, trouble }) => [
        name,
        file ?? sayPlace(place),
        sentAt ? `seal ${sentNumber}, ${ago(sentAt)} ago` : 'nothing yet',
        trouble ?? '',
        id,
      ]),
      'Checkpoints are sent nowhere. Have them sent: clawster audit-sink create <name> --webhook <url>',
    ),
});

/** A place in a few words. */
function sayPlace(place: AuditSinkPlace): string {
  if (place.kind === 'webhook') return place.url;
  return place.kind === 'syslog' ? `syslog ${place.transport}://${place.host}:${place.port}` : 'a file on the server';
}

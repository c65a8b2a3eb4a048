import { AuditSinkPlace } from '@clawster/contract/audit-sink';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';
import { hostAndPort } from '../../host-and-port.ts';

export const create = cliCommand({
  usage: 'audit-sink create <name>',
  summary: 'Have checkpoints of the audit trail sent somewhere, once a minute while it grows',
  options: [
    ['--webhook <url>', 'POST them there as JSON'],
    ['--syslog <address>', 'send them to a syslog server: host:port'],
    ['--transport <transport>', 'of syslog: tcp, udp or tls (tcp)'],
    ['--file', 'add them to a file on the server'],
  ],
  input: z.object({
    name: z.string(),
    webhook: z.string().optional(),
    syslog: z
      .string()
      .regex(/^.+:\d+$/, 'Write the address of the syslog server as host:port')
      .optional(),
    transport: z.enum(['tcp', 'udp', 'tls']).default('tcp'),
    file: z.boolean().default(false),
  }),
  async run({ client }, { name, webhook, syslog, transport, file }) {
    const places = [
      ...(webhook ? [{ kind: 'webhook', url: webhook }] : []),
      ...(syslog ? [{ kind: 'syslog', transport, ...hostAndPort(syslog) }] : []),
      ...(file ? [{ kind: 'file' }] : []),
    ];
    if (places.length !== 1)
      throw new CliRefusal('Say where to, once: --webhook, --syslog or --file.', exitCodes.usage);
    const { id } = await client.auditSinks.create({ name, place: AuditSinkPlace.parse(places[0]) });
    return client.auditSinks.send({ sinkId: id });
  },
  show: ({ name, trouble, sentNumber, file }) =>
    trouble
      ? `${name} is there, but the first checkpoint was not taken: ${trouble}. It is tried again.`
      : `${name} has the checkpoint of seal ${sentNumber}${file ? ` in ${file}` : ''}.`,
});

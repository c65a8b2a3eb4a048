import { Email } from '@clawster/contract/person';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { runProgram } from '../../installation/run-program.ts';
import { whileNobodyStarts } from '../../installation/while-nobody-starts.ts';

const Made = z.object({ name: z.string(), email: z.string(), link: z.string(), expiresAt: z.string() });

export const resetLink = cliCommand({
  usage: 'installation reset-link <email>',
  summary:
    "Make a link by which a person chooses a new passphrase, on the server's own machine: also for the only owner. It is told in the audit trail of their workspaces",
  input: z.object({ email: Email }),
  run: ({ world, signal }, { email }) =>
    whileNobodyStarts(world, async () =>
      Made.parse(await runProgram({ world, signal }, { do: 'reset-link', email }, () => undefined)),
    ),
  show({ name, link, expiresAt }, out) {
    out.note(
      `By this link ${name} chooses a new passphrase, once, until ${expiresAt.slice(11, 16)} UTC. Their second factor is asked for as always:`,
    );
    return link;
  },
});

import { MailSecurity, SetMailServer } from '@clawster/contract/mail';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { askHidden, readSecretFromStdin } from '../../prompt.ts';

const { host, port, fromName, fromAddress } = SetMailServer.shape;

export const set = cliCommand({
  usage: 'mail set',
  summary: 'Set or replace the mail server; it is signed in to first, and refused if that fails',
  options: [
    ['--host <host>', 'such as smtp.example.com'],
    ['--port <port>', '587, or 465 with --security tls'],
    ['--security <how>', `${MailSecurity.options.join(', ')} (starttls)`],
    ['--user <user>', 'absent where none is asked for'],
    ['--password-stdin', 'read the password from standard input instead of asking for it'],
    ['--keep-password', 'keep the password there is'],
    ['--from-name <name>', 'whose name stands in the mail (Clawster)'],
    ['--from-address <address>', 'whose address stands in the mail'],
  ],
  input: z.object({
    host,
    port: port.default(587),
    security: MailSecurity.default('starttls'),
    user: z.string().optional(),
    passwordStdin: z.boolean().default(false),
    keepPassword: z.boolean().default(false),
    fromName: fromName.default('Clawster'),
    fromAddress,
  }),
  async run({ client, world, signal }, { passwordStdin, keepPassword, user, ...server }) {
    const insteadUse = '--password-stdin or --keep-password';
    const read = () => (passwordStdin ? readSecretFromStdin(world) : askHidden(world, 'Password', insteadUse));
    const password = user && !keepPassword ? await read() : undefined;
    return client.mail.set({ ...server, ...(user ? { user } : {}), ...(password ? { password } : {}) }, { signal });
  },
  show: (server) => `${server.host} let Clawster in. Invite by it: clawster person invite <email> --mail`,
});

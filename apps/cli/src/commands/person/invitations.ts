import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { allPages } from '../../find.ts';
import { table } from '../../output.ts';

export const invitations = cliCommand({
  usage: 'person invitations',
  summary: 'List invitations that were not accepted yet',
  input: z.object({}),
  run: ({ client }) => allPages((cursor) => client.invitations.list({ limit: 200, cursor })),
  show: (pending) =>
    table(
      ['e-mail', 'role', 'invited by', 'expires'],
      pending.map(({ email, role, invitedBy, expiresAt, expired }) => [
        email,
        role,
        invitedBy,
        expired ? 'expired' : expiresAt.slice(0, 10),
      ]),
      'Nobody is invited. Invite someone: clawster person invite <email>',
    ),
});

import { Email } from '@clawster/contract/person';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal } from '../../failure.ts';
import { allPages } from '../../find.ts';

export const uninvite = cliCommand({
  usage: 'person uninvite <email>',
  summary: 'Revoke an invitation: its link opens nothing any more',
  input: z.object({ email: Email }),
  async run({ client }, { email }) {
    const pending = await allPages((cursor) => client.invitations.list({ limit: 200, cursor }));
    const invitation = pending.find((one) => one.email.toLowerCase() === email);
    if (!invitation)
      throw new CliRefusal(`${email} has no open invitation. See them with: clawster person invitations`);
    await client.invitations.revoke({ invitationId: invitation.id });
    return invitation;
  },
  show: ({ email }) => `The invitation of ${email} is revoked.`,
});

import { Role } from '@clawster/contract/permission';
import { Email } from '@clawster/contract/person';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { roleWords } from '../../role-words.ts';

export const invite = cliCommand({
  usage: 'person invite <email>',
  summary: 'Invite someone; their link is printed now and never again, and replaces an earlier one',
  options: [['--role <role>', `what they may do: ${roleWords} (viewer)`]],
  input: z.object({ email: Email, role: Role.default('viewer') }),
  run: ({ client }, invitation) => client.invitations.create(invitation),
  show({ invitation: { email, role, expiresAt }, link }, out) {
    out.note(`${email} (${role}) may come in by this link, once, until ${expiresAt.slice(0, 10)}. Hand it over:`);
    return link;
  },
});

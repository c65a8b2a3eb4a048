import { Role } from '@clawster/contract/permission';
import { Email } from '@clawster/contract/person';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { roleWords } from '../../role-words.ts';

export const invite = cliCommand({
  usage: 'person invite <email>',
  summary: 'Invite someone; their link is printed now and never again, or mailed, and replaces an earlier one',
  options: [
    ['--role <role>', `what they may do: ${roleWords} (viewer)`],
    ['--mail', 'have Clawster mail the link, instead of printing it'],
  ],
  input: z.object({ email: Email, role: Role.default('viewer'), mail: z.boolean().default(false) }),
  run: ({ client }, { mail, ...invitation }) =>
    client.invitations.create({ ...invitation, ...(mail ? { delivery: 'mail' } : {}) }),
  show({ invitation: { email, role, expiresAt }, link }, out) {
    if (!link) return `${email} (${role}) is invited; the mail is on its way. See: clawster person invitations`;
    out.note(`${email} (${role}) may come in by this link, once, until ${expiresAt.slice(0, 10)}. Hand it over:`);
    return link;
  },
});

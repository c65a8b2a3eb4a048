import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import type { ChangeContext } from '../change.ts';
import { useInvitation } from './invitation.queries.ts';
import { invitationRefused } from './look-up-invitation.ts';

/** Makes a person a member by a link to their own address, and uses the link up. */
export async function joinByInvitation(
  { tx, record }: ChangeContext,
  tokenHash: Buffer,
  person: { id: string; name: string; email: string },
): Promise<void> {
  const used = await unlessMember(() => useInvitation(tx, tokenHash, person));
  if (!used) throw invitationRefused();
  await record({
    type: 'invitation-accepted',
    subjectId: person.id,
    subjectName: person.name,
    detail: { invitationId: used.id, role: used.role },
  });
}

async function unlessMember<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!violates(cause, 'membership_pkey')) throw cause;
    throw new Refusal('conflict', 'You are a member already: sign in without the invitation', { cause });
  }
}

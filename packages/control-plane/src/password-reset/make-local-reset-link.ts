import { Refusal } from '@clawster/domain/refusal';
import type { Author } from '../caller.ts';
import { change, type ChangeContext } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { findAccount } from '../session/session.queries.ts';
import { hashToken, newToken } from '../session/token.ts';
import { inWorkspaceAs } from '../workspace/in-workspace.ts';
import { endResets, storeReset } from './password-reset.queries.ts';
import { resetLinkOf } from './reset-link.ts';

/**
 * A link by which a person chooses a passphrase, for whoever works on the server's own machine and could read its database
 * anyway: also for the only owner, and for who had none. It is told in every workspace of theirs.
 */
export async function makeLocalResetLink(
  plane: Pick<ControlPlane, 'db' | 'wake'>,
  { email, url }: { email: string; url: string },
): Promise<{ name: string; email: string; link: string; expiresAt: string }> {
  const { account, workspaceIds } = await systemQuery(plane, async (tx) => {
    const found = await findAccount(tx, email);
    const places = found
      ? await tx
          .selectFrom('membership')
          .select('workspaceId')
          .where('personId', '=', found.id)
          .orderBy('workspaceId')
          .execute()
      : [];
    return { account: found, workspaceIds: places.map(({ workspaceId }) => workspaceId) };
  });
  const [home, ...others] = workspaceIds;
  if (!account || home === undefined)
    throw new Refusal('not-found', `Nobody with the address ${email} belongs to a workspace here`);
  const token = newToken();
  const expiresAt = await change(plane, { workspaceId: home, job }, async (context) => {
    await endResets(context.tx, account.id);
    const until = await storeReset(context.tx, {
      personId: account.id,
      tokenHash: hashToken(token),
      madeBy: 'machine',
      workspaceIds: null,
    });
    const tell = ({ record }: Pick<ChangeContext, 'record'>) =>
      record({
        type: 'person-reset-link-made',
        subjectId: account.id,
        subjectName: account.name,
        detail: { by: 'machine', expiresAt: until.toISOString() },
      });
    await tell(context);
    for (const workspaceId of others) await inWorkspaceAs(context.tx, { workspaceId, author, backTo: home }, tell);
    return until;
  });
  const { name, email: address } = account;
  return { name, email: address, link: resetLinkOf(url, token), expiresAt: expiresAt.toISOString() };
}

const job = 'reset-link';
const author: Author = { actor: { kind: 'system', job } };

import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller, SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import { lockManaged } from '../person/lock-member.ts';
import type { ControlPlane } from '../plane.ts';
import { systemQuery } from '../query.ts';
import { hashToken, newToken } from '../session/token.ts';
import type { Tx } from '../transaction.ts';
import { endResets, storeReset } from './password-reset.queries.ts';
import { resetLinkOf } from './reset-link.ts';

/**
 * A link by which someone else chooses a new passphrase, in this answer and never again. Of an owner, for who belongs to
 * this workspace alone: of others the account opens more than the owner has. It ends an earlier link.
 */
export async function makeResetLink(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { personId } = raw as { personId: string };
  const account = asking.kind === 'anonymous' ? undefined : await accountOf(plane, asking, personId);
  const make = command(api.people.makeResetLink, async ({ tx, caller, record }) => {
    const member = await lockManaged(tx, caller, personId);
    refuseUnlessOwner(caller, personId);
    const reason = account && whyNotFor(account, member.name);
    if (reason) throw new Refusal('refused', reason);
    const token = newToken();
    await endResets(tx, personId);
    const expiresAt = await storeReset(tx, {
      personId,
      tokenHash: hashToken(token),
      madeBy: 'owner',
      ownerId: caller.id,
      workspaceIds: [caller.workspaceId],
    });
    const detail = { by: 'owner', expiresAt: expiresAt.toISOString() };
    await record({ type: 'person-reset-link-made', subjectId: personId, subjectName: member.name, detail });
    return { link: resetLinkOf(plane.settings.controlPlaneUrl, token), expiresAt: expiresAt.toISOString() };
  });
  return make(plane, asking, raw);
}

/** A key may be anybody's, and what it makes here opens a person's account. */
function refuseUnlessOwner(caller: SignedIn, personId: string): void {
  if (caller.kind !== 'person' || caller.role !== 'owner')
    throw new Refusal('forbidden', 'Only an owner who is signed in makes such a link: ask one');
  if (caller.id === personId)
    throw new Refusal('refused', 'That is you: change your passphrase under Settings → Account');
}

type Account = { isElsewhere: boolean; hasPassword: boolean };

/** Asked beside the command's transaction, which sees this workspace alone. That they belong elsewhere is asked again when the link is used. */
function accountOf(plane: ControlPlane, { workspaceId }: SignedIn, personId: unknown): Promise<Account | undefined> {
  return systemQuery(plane, (tx) => findAccountOf(tx, workspaceId, personId));
}

async function findAccountOf(tx: Tx, workspaceId: string, personId: unknown): Promise<Account | undefined> {
  // What is no id is refused by the command.
  if (typeof personId !== 'string' || !/^[\da-f-]{36}$/i.test(personId)) return undefined;
  const places = await tx
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.personId')
    .select(['membership.workspaceId', 'person.passwordHash'])
    .where('personId', '=', personId)
    .execute();
  if (!places.some((place) => place.workspaceId === workspaceId)) return undefined;
  return { isElsewhere: places.length > 1, hasPassword: places[0]?.passwordHash !== null };
}

function whyNotFor({ isElsewhere, hasPassword }: Account, name: string): string | undefined {
  if (isElsewhere)
    return `${name} belongs to another workspace too, which their passphrase opens as well: they ask for a link at the sign-in page, or of whoever runs the server`;
  return hasPassword
    ? undefined
    : `${name} has no passphrase: they sign in at your identity provider, which helps them`;
}

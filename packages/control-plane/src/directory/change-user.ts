import { addressOf, nameOf } from '@clawster/domain/directory/account-of';
import { whyNotAddress, whyNotDecide } from '@clawster/domain/directory/admission';
import { changesOf } from '@clawster/domain/audit/changes';
import { whyNotEndOwner } from '@clawster/domain/person/manage';
import { patchResource } from '@clawster/domain/scim/patch-resource';
import { readResource, type Resource } from '@clawster/domain/scim/read-resource';
import { ScimRefusal, wrong } from '@clawster/domain/scim/scim-refusal';
import { userSchema } from '@clawster/domain/scim/schema';
import type { Selection } from '@clawster/domain/scim/select-attributes';
import { lockMember } from '../person/lock-member.ts';
import type { ControlPlane } from '../plane.ts';
import { otherWorkspacesOf } from '../account/elsewhere.ts';
import { readAs } from '../query.ts';
import { idIn, noSuch, refuseUnlessMeant, type ScimAnswer } from './answer.ts';
import type { DirectoryCaller } from './authenticate-directory.ts';
import { refuseEnd, settle } from './settle.ts';
import { answerUser } from './user-answer.ts';
import { findUser, type StoredUser, updateUser } from './user.queries.ts';
import { type DirectoryContext, writeAsDirectory } from './write-as-directory.ts';

type Asking = { caller: DirectoryCaller; baseUrl: string; selection: Selection; ifMatch: string | undefined };
type Change = (before: Resource) => Resource;

/** Puts a whole user in place of what there was; who says nothing of it stays as active as they were. */
export function replaceUser(plane: ControlPlane, asking: Asking, { id, body }: { id: string; body: unknown }) {
  const next = readResource(userSchema, body);
  if (next['userName'] === undefined) throw wrong('invalidValue', 'Send a userName');
  return changeUser(plane, asking, { id, change: ({ active = true }) => ({ active, ...next }) });
}

/** Changes some of a user. */
export function patchUser(plane: ControlPlane, asking: Asking, { id, body }: { id: string; body: unknown }) {
  return changeUser(plane, asking, { id, change: (before) => patchResource(userSchema, before, body) });
}

async function changeUser(
  plane: ControlPlane,
  asking: Asking,
  { id, change }: { id: string; change: Change },
): Promise<ScimAnswer> {
  const personId = idIn(id, 'user');
  const { workspaceId } = asking.caller;
  // What changes nothing is no event: directories send what is there already, again and again.
  const same = await readAs(plane, { workspaceId }, async (tx) => {
    const before = await findUser(tx, workspaceId, personId);
    if (!before) throw noSuch('user', id);
    refuseUnlessMeant(asking.ifMatch, before.version);
    return differences(before.resource, change(before.resource)).changed.length === 0
      ? answerUser(tx, { workspaceId, ...asking }, personId)
      : undefined;
  });
  if (same) return same;
  // Asked outside, where other workspaces are seen. Who joins one at this very moment was the directory's until then.
  const isElsewhere = (await otherWorkspacesOf(plane, { id: personId, workspaceId })).length > 0;
  return writeAsDirectory(plane, asking, async (context) => {
    const before = await findUser(context.tx, workspaceId, personId);
    if (!before) throw noSuch('user', id);
    refuseUnlessMeant(asking.ifMatch, before.version);
    await write({ ...context, isElsewhere }, before, change(before.resource));
    return answerUser(context.tx, { workspaceId, ...asking }, personId);
  });
}

/** Read anew, so that the same is written alike. */
const differences = (before: Resource, after: Resource) =>
  changesOf(readResource(userSchema, before), readResource(userSchema, after));

type WriteContext = DirectoryContext & { isElsewhere: boolean };

async function write(context: WriteContext, before: StoredUser, next: Resource): Promise<void> {
  const { tx, record, directory, mapping } = context;
  const { workspaceId } = directory;
  const { personId } = before;
  const member = await lockMember(tx, workspaceId, personId);
  if (!member) throw noSuch('user', personId);
  if (next['active'] !== true && before.resource['active'] === true)
    refuseEnd(whyNotDecide(directory.name, member, mapping.ceilings), whyNotEndOwner(member, member.ownersInForce));
  await updateUser(tx, { workspaceId, personId }, next);
  const name = (await followAccount(context, before, next)) ?? member.name;
  await record({
    type: 'person-updated',
    subjectId: personId,
    subjectName: name,
    detail: { by: 'directory', directory: directory.name, ...differences(before.resource, next) },
  });
  await settle(context, [personId]);
}

/**
 * Gives the account the name and address of its user: one that the directory made, that has no passphrase, and that is of
 * no other workspace. Any other is its owner's. Returns the name it has then.
 */
async function followAccount(
  { tx, mapping, isElsewhere }: WriteContext,
  { personId, madeAccount, resource }: StoredUser,
  next: Resource,
): Promise<string | undefined> {
  const [email, name] = [addressOf(next), nameOf(next)];
  if (!madeAccount || isElsewhere || (email === addressOf(resource) && name === nameOf(resource))) return undefined;
  const isItsOwn = await tx
    .selectFrom('person')
    .select('id')
    .where('id', '=', personId)
    .where('passwordHash', 'is', null)
    .executeTakeFirst();
  if (!isItsOwn) return undefined;
  const why = email === addressOf(resource) ? undefined : whyNotAddress(email, mapping.emailDomains);
  if (why || !email) throw new ScimRefusal(409, why ?? 'Send an e-mail address', { scimType: 'uniqueness' });
  await tx.updateTable('person').set({ email, name }).where('id', '=', personId).execute();
  return name;
}

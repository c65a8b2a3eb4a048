import { randomUUID } from 'node:crypto';
import { addressOf, nameOf } from '@clawster/domain/directory/account-of';
import { whyNotBringIn } from '@clawster/domain/directory/admission';
import { roleBy } from '@clawster/domain/directory/standing';
import { readResource, type Resource } from '@clawster/domain/scim/read-resource';
import { ScimRefusal, wrong } from '@clawster/domain/scim/scim-refusal';
import { userSchema } from '@clawster/domain/scim/schema';
import type { Selection } from '@clawster/domain/scim/select-attributes';
import { sql } from 'kysely';
import { lockMember, type LockedMember } from '../person/lock-member.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import type { ScimAnswer } from './answer.ts';
import type { DirectoryCaller } from './authenticate-directory.ts';
import { settle } from './settle.ts';
import { answerUser } from './user-answer.ts';
import { findUser, insertUser } from './user.queries.ts';
import { type DirectoryContext, writeAsDirectory } from './write-as-directory.ts';

/** Of whoever waits for a group with a role: they are not let in. */
const roleBefore = 'member';

/**
 * Brings somebody in: with a new account, which has no passphrase, or as the member who has the address already. By the
 * rules of single sign-on, where an account of another workspace is nobody's here.
 */
export function createUser(
  plane: ControlPlane,
  asking: { caller: DirectoryCaller; baseUrl: string; selection: Selection },
  body: unknown,
): Promise<ScimAnswer> {
  const resource = readUser(body);
  return writeAsDirectory(plane, asking, async (context) => {
    const { tx, directory, mapping } = context;
    const { workspaceId } = directory;
    const email = addressOf(resource);
    const account = email === undefined ? undefined : await findAccount(tx, workspaceId, email);
    const why = whyNotBringIn({
      directory: directory.name,
      email,
      emailDomains: mapping.emailDomains,
      ceilings: mapping.ceilings,
      sameAddress: account,
    });
    if (why || !email) throw new ScimRefusal(409, why ?? 'Send an e-mail address', { scimType: 'uniqueness' });
    const personId = account
      ? await takeOver(context, account, resource)
      : await makeAccount(context, { email, resource });
    await settle(context, [personId]);
    return answerUser(tx, { workspaceId, ...asking }, personId);
  });
}

/** A whole user as sent; who says nothing of it is active. */
function readUser(body: unknown): Resource {
  const resource: Resource = { active: true, ...readResource(userSchema, body) };
  if (resource['userName'] === undefined) throw wrong('invalidValue', 'Send a userName');
  return resource;
}

type Account = { id: string; name: string; member: LockedMember | undefined; isItsUser: boolean };

async function findAccount(tx: Tx, workspaceId: string, email: string): Promise<Account | undefined> {
  const account = await tx
    .selectFrom('person')
    .select(['id', 'name'])
    .where(sql`lower(email)`, '=', email)
    .executeTakeFirst();
  if (!account) return undefined;
  const member = await lockMember(tx, workspaceId, account.id);
  return { ...account, member, isItsUser: (await findUser(tx, workspaceId, account.id)) !== undefined };
}

async function makeAccount(
  { tx, record, directory, mapping }: DirectoryContext,
  { email, resource }: { email: string; resource: Resource },
): Promise<string> {
  const { workspaceId, id: directoryId } = directory;
  const person = { id: randomUUID(), name: nameOf(resource) };
  const role = roleBy(mapping, []);
  const isShut = role === undefined || resource['active'] !== true;
  await tx
    .insertInto('person')
    .values({ ...person, email, passwordHash: null })
    .execute();
  await tx
    .insertInto('membership')
    .values({ workspaceId, personId: person.id, role: role ?? roleBefore, disabledAt: isShut ? sql`now()` : null })
    .execute();
  await insertUser(tx, { workspaceId, directoryId, personId: person.id, madeAccount: true, isShut }, resource);
  await record({
    type: 'person-joined',
    subjectId: person.id,
    subjectName: person.name,
    detail: { role: role ?? roleBefore, by: 'directory', directory: directory.name, letIn: !isShut },
  });
  return person.id;
}

/** They keep their role until the directory puts them into a group. */
async function takeOver(
  { tx, record, directory }: DirectoryContext,
  { id: personId, name }: Account,
  resource: Resource,
): Promise<string> {
  const { workspaceId, id: directoryId } = directory;
  await insertUser(tx, { workspaceId, directoryId, personId, madeAccount: false, isShut: false }, resource);
  await record({
    type: 'person-identity-linked',
    subjectId: personId,
    subjectName: name,
    detail: { by: 'directory', directory: directory.name },
  });
  return personId;
}

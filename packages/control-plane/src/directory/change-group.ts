import { changesOf } from '@clawster/domain/audit/changes';
import { patchResource } from '@clawster/domain/scim/patch-resource';
import { readResource, type Resource } from '@clawster/domain/scim/read-resource';
import { groupSchema, membersMax } from '@clawster/domain/scim/schema';
import { wrong } from '@clawster/domain/scim/scim-refusal';
import type { Selection } from '@clawster/domain/scim/select-attributes';
import { lockMembers } from '../person/lock-member.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { idIn, memberIds, noSuch, refuseUnlessMeant, type ScimAnswer } from './answer.ts';
import type { DirectoryCaller } from './authenticate-directory.ts';
import { answerGroup } from './group-answer.ts';
import {
  addMembers,
  deleteGroup as forgetGroup,
  dropMembers,
  findGroup,
  insertGroup,
  membersOf,
  type StoredGroup,
  updateGroup,
  usersAmong,
} from './group.queries.ts';
import { settle } from './settle.ts';
import { type DirectoryContext, writeAsDirectory } from './write-as-directory.ts';

type Asking = { caller: DirectoryCaller; baseUrl: string; selection: Selection; ifMatch: string | undefined };
type Change = (before: Resource) => Resource;

/** Makes a group; who is in it has the role that it is mapped to. */
export function createGroup(plane: ControlPlane, asking: Asking, body: unknown): Promise<ScimAnswer> {
  const resource = readGroup(body);
  return writeAsDirectory(plane, asking, async (context) => {
    const { tx, record, directory } = context;
    const { workspaceId } = directory;
    const id = await insertGroup(tx, { workspaceId, directoryId: directory.id }, resource);
    const members = [...new Set(memberIds(resource))];
    await lockMembers(tx, workspaceId, members);
    await refuseStrangers(tx, workspaceId, members);
    await addMembers(tx, { workspaceId, id }, members);
    await record({
      type: 'directory-group-created',
      subjectId: id,
      subjectName: resource['displayName'] as string,
      detail: { directory: directory.name, members: members.length },
    });
    await settle(context, members);
    return answerGroup(tx, { workspaceId, ...asking }, id);
  });
}

/** Puts a whole group in place of what there was. */
export function replaceGroup(plane: ControlPlane, asking: Asking, { id, body }: { id: string; body: unknown }) {
  const next = readGroup(body);
  return changeGroup(plane, asking, { id, change: () => next });
}

/** Changes some of a group. */
export function patchGroup(plane: ControlPlane, asking: Asking, { id, body }: { id: string; body: unknown }) {
  return changeGroup(plane, asking, { id, change: (before) => patchResource(groupSchema, before, body) });
}

/** Deletes a group; who was in it has the role of the groups that are left to them. */
export async function deleteGroup(plane: ControlPlane, asking: Omit<Asking, 'selection'>, id: string): Promise<void> {
  const groupId = idIn(id, 'group');
  await writeAsDirectory(plane, asking, async (context) => {
    const { tx, record, directory } = context;
    const { workspaceId } = directory;
    const before = await readStored(tx, workspaceId, groupId);
    refuseUnlessMeant(asking.ifMatch, before.stored.version);
    await lockMembers(tx, workspaceId, before.members);
    await forgetGroup(tx, { workspaceId, id: groupId });
    await record({
      type: 'directory-group-deleted',
      subjectId: groupId,
      subjectName: before.stored.displayName,
      detail: { directory: directory.name, members: before.members.length },
    });
    await settle(context, before.members);
  });
}

async function changeGroup(
  plane: ControlPlane,
  asking: Asking,
  { id, change }: { id: string; change: Change },
): Promise<ScimAnswer> {
  const groupId = idIn(id, 'group');
  const { workspaceId } = asking.caller;
  // What changes nothing is no event.
  const same = await readAs(plane, { workspaceId }, async (tx) => {
    const before = await readStored(tx, workspaceId, groupId);
    refuseUnlessMeant(asking.ifMatch, before.stored.version);
    const { changed, added, dropped } = differences(before, change(before.resource));
    const isSame = changed.length + added.length + dropped.length === 0;
    return isSame ? answerGroup(tx, { workspaceId, ...asking }, groupId) : undefined;
  });
  if (same) return same;
  return writeAsDirectory(plane, asking, async (context) => {
    const before = await readStored(context.tx, workspaceId, groupId);
    refuseUnlessMeant(asking.ifMatch, before.stored.version);
    await write(context, before, change(before.resource));
    return answerGroup(context.tx, { workspaceId, ...asking }, groupId);
  });
}

type Before = { stored: StoredGroup; members: string[]; resource: Resource };

async function write(context: DirectoryContext, before: Before, next: Resource): Promise<void> {
  const { tx, record, directory } = context;
  const place = { workspaceId: directory.workspaceId, id: before.stored.id };
  const { added, dropped, ...changes } = differences(before, next);
  await lockMembers(tx, place.workspaceId, [...added, ...dropped]);
  await refuseStrangers(tx, place.workspaceId, added);
  await updateGroup(tx, place, next);
  await dropMembers(tx, place, dropped);
  await addMembers(tx, place, added);
  await record({
    type: 'directory-group-updated',
    subjectId: place.id,
    subjectName: next['displayName'] as string,
    detail: { directory: directory.name, ...changes, ...toldMembers(added, dropped) },
  });
  // By another name it may be mapped otherwise.
  const staying = changes.changed.length > 0 ? before.members : [];
  await settle(context, [...new Set([...added, ...dropped, ...staying])]);
}

/** What the group is called, and who came and went. */
function differences({ resource, members }: Before, next: Resource) {
  const { members: _before, ...namedBefore } = resource;
  const { members: _next, ...named } = next;
  const [had, has] = [new Set(members), new Set(memberIds(next))];
  const added = [...has].filter((id) => !had.has(id));
  return { ...changesOf(namedBefore, named), added, dropped: members.filter((id) => !has.has(id)) };
}

/** An event is kept for long: of many, only the first are told by name. */
const toldMax = 50;
const toldMembers = (added: string[], dropped: string[]) => ({
  membersAdded: added.length,
  membersRemoved: dropped.length,
  added: added.slice(0, toldMax),
  removed: dropped.slice(0, toldMax),
});

async function readStored(tx: Tx, workspaceId: string, id: string): Promise<Before> {
  const stored = await findGroup(tx, workspaceId, id);
  if (!stored) throw noSuch('group', id);
  const rows = await membersOf(tx, workspaceId, { groupIds: [id], limit: membersMax });
  const members = rows.map(({ personId }) => personId);
  const { displayName, externalId } = stored;
  const resource: Resource = {
    displayName,
    ...(externalId === null ? {} : { externalId }),
    members: members.map((value) => ({ value })),
  };
  return { stored, members, resource };
}

function readGroup(body: unknown): Resource {
  const resource = readResource(groupSchema, body);
  if (resource['displayName'] === undefined) throw wrong('invalidValue', 'Send a displayName');
  return resource;
}

async function refuseStrangers(tx: Tx, workspaceId: string, ids: string[]): Promise<void> {
  const known = await usersAmong(tx, workspaceId, ids);
  const stranger = ids.find((id) => !known.has(id));
  if (stranger)
    throw wrong('invalidValue', `No user that this directory made has the id ${stranger}: assign them first`);
}

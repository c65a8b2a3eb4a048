import { api } from '@clawster/contract/api';
import type { Visibility } from '@clawster/contract/context-entry';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import type { Tx } from '../transaction.ts';
import { refuseNoTeam } from '../team/team.queries.ts';
import { type Author, selectEntries, toEntry } from './context-entry.queries.ts';
import { noEntry } from './list-context.ts';
import { lockEntry, refuseStale, writeEntry } from './write-entry.ts';

/** Writes an entry, unless somebody else did since the version it is written upon. */
export const setContextEntry = command(api.contextEntries.set, async (context, input) => {
  const { tx, caller } = context;
  const { teamId, key, text, visibility, untrusted, baseVersion } = input;
  const { workspaceId } = caller;
  await refuseNoTeam(tx, teamId);
  const expiresAt = input.expiresAt === undefined ? undefined : new Date(input.expiresAt);
  if (expiresAt && expiresAt <= new Date())
    throw Refusal.at('expiresAt', 'invalid', 'It would have expired already: choose a time to come');
  await refuseStrangers(tx, teamId, visibility);
  const before = await lockEntry(tx, { teamId, key });
  refuseStale(before, baseVersion);
  const author = authorOf(caller);
  const written = { workspaceId, teamId, key, text, visibility, untrusted, author, expiresAt };
  return toEntry(await writeEntry(context, before, written), caller.permissions.has('conversation:read'));
});

/** Writes an older version anew: with what it said, to whom, and whether it stems from outside. */
export const restoreContextEntry = command(api.contextEntries.restore, async (context, { teamId, key, version }) => {
  const { tx, caller } = context;
  const { workspaceId } = caller;
  await refuseNoTeam(tx, teamId);
  const before = await lockEntry(tx, { teamId, key });
  const older = await selectEntries(tx)
    .where('teamId', '=', teamId)
    .where('key', '=', key)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!older) throw noEntry(key, version);
  if (older.text === null)
    throw new Refusal('refused', `Version ${version} says that there is nothing any more: choose another`);
  const { text, untrusted } = older;
  const visibility = older.visibility as Visibility;
  const written = { workspaceId, teamId, key, text, visibility, untrusted, author: authorOf(caller) };
  return toEntry(await writeEntry(context, before, written), caller.permissions.has('conversation:read'));
});

/** Takes an entry out; all its versions stay, and can be restored. */
export const deleteContextEntry = command(api.contextEntries.delete, async (context, { teamId, key }) => {
  const { tx, caller } = context;
  const { workspaceId } = caller;
  await refuseNoTeam(tx, teamId);
  const before = await lockEntry(tx, { teamId, key });
  if (!before || before.text === null) throw noEntry(key);
  const { untrusted } = before;
  const visibility = before.visibility as Visibility;
  await writeEntry(context, before, {
    workspaceId,
    teamId,
    key,
    text: null,
    visibility,
    untrusted,
    author: authorOf(caller),
  });
  return {};
});

/** A key acts for the person or the account whose it is, and is called by its own name. */
function authorOf({ id, name }: SignedIn): Author {
  return { kind: 'person', id, name };
}

/** Refuses bots that are not in the team: they would never see it. */
async function refuseStrangers(tx: Tx, teamId: string, visibility: Visibility): Promise<void> {
  if (typeof visibility === 'string') return;
  const members = await tx.selectFrom('teamMember').select('botId').where('teamId', '=', teamId).execute();
  const known = new Set(members.map(({ botId }) => botId));
  if (visibility.bots.every((id) => known.has(id))) return;
  throw Refusal.at('visibility', 'invalid', 'One of these bots is not in the team: choose among its members');
}

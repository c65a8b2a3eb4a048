import { api } from '@clawster/contract/api';
import type { DirectoryGroup } from '@clawster/contract/directory';
import { roleBy } from '@clawster/domain/directory/standing';
import { sql } from 'kysely';
import { paged } from '../paged.ts';
import { query } from '../query.ts';
import type { Tx } from '../transaction.ts';
import { findDirectory } from './directory.queries.ts';
import { type Mapping, mappingOf } from './mapping.ts';

/** The groups of the directory, by name, each with the role it gives. */
export const listGroups = query(api.directory.groups, async ({ tx, caller }, input) => {
  const { workspaceId } = caller;
  const directory = await findDirectory(tx, workspaceId);
  if (!directory) return { items: [], total: 0 };
  const mapping = await mappingOf(tx, directory);
  return paged(input, async (page) => {
    const { rows, total } = await pageOf(tx, workspaceId, page);
    return { items: rows.map((row) => describeGroup(mapping, row)), total };
  });
});

type Row = { id: string; displayName: string; externalId: string | null; members: number };

async function pageOf(tx: Tx, workspaceId: string, { offset, limit }: { offset: number; limit: number }) {
  const rows = await tx
    .selectFrom('directoryGroup')
    .select(['id', 'displayName', 'externalId'])
    .select([
      sql<number>`(select count(*)::int from directory_group_member as member where member.group_id = directory_group.id
        and member.workspace_id = directory_group.workspace_id)`.as('members'),
      sql<number>`count(*) over ()::int`.as('total'),
    ])
    .where('workspaceId', '=', workspaceId)
    .orderBy('displayName')
    .orderBy('id')
    .offset(offset)
    .limit(limit)
    .execute();
  return { rows, total: rows[0]?.total ?? 0 };
}

function describeGroup(mapping: Mapping, { id, displayName, externalId, members }: Row): DirectoryGroup {
  const names = externalId === null ? [displayName] : [displayName, externalId];
  const mapped = mapping.rule.groupRoles.find(({ group }) => names.includes(group))?.role;
  const withoutDefault = { ...mapping, rule: { groupRoles: mapping.rule.groupRoles } };
  const role = roleBy(withoutDefault, [{ displayName, externalId }]);
  const whyNoRole =
    mapped !== undefined && role === undefined
      ? `It is mapped to ${mapped}, which may do more than who set this up, or is no role any more`
      : undefined;
  return {
    id,
    name: displayName,
    members,
    ...(externalId === null ? {} : { externalId }),
    ...(role === undefined ? {} : { role }),
    ...(whyNoRole === undefined ? {} : { whyNoRole }),
  };
}

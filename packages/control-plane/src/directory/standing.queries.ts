import type { NamedGroup } from '@clawster/domain/directory/standing';
import { sql } from 'kysely';
import type { Tx } from '../transaction.ts';

/** What a directory says of a member, and what the membership is. */
export type Standing = {
  personId: string;
  active: boolean;
  followsGroups: boolean;
  isShut: boolean;
  isDisabled: boolean;
  role: string;
  groups: NamedGroup[];
};

/** Of the people a directory has in a workspace, these or all. */
export async function standingsOf(
  tx: Tx,
  workspaceId: string,
  personIds: readonly string[] | 'all',
): Promise<Standing[]> {
  let select = tx
    .selectFrom('directoryUser')
    .innerJoin('membership', (join) =>
      join
        .onRef('membership.workspaceId', '=', 'directoryUser.workspaceId')
        .onRef('membership.personId', '=', 'directoryUser.personId'),
    )
    .select(['directoryUser.personId', 'active', 'followsGroups', 'isShut', 'membership.role'])
    .select([sql<boolean>`disabled_at is not null`.as('isDisabled'), groups.as('groups')])
    .where('directoryUser.workspaceId', '=', workspaceId)
    .orderBy('directoryUser.personId');
  if (personIds !== 'all') select = select.where(sql<boolean>`directory_user.person_id = any(${personIds}::uuid[])`);
  return select.execute();
}

const groups = sql<NamedGroup[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('displayName', display_name, 'externalId', external_id)), '[]')
  from directory_group_member as member
  join directory_group on directory_group.id = member.group_id and directory_group.workspace_id = member.workspace_id
  where member.workspace_id = directory_user.workspace_id and member.person_id = directory_user.person_id)`;

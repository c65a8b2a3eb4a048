import { sql } from 'kysely';
import type { Column, Columns, Filterable } from './filter-sql.ts';

const text = (value: ReturnType<typeof sql>): Column => ({ kind: 'text', value });
const exact = (value: ReturnType<typeof sql>): Column => ({ kind: 'exact', value });

/** Of the row `directory_user`. */
export const filterableUser: Filterable = {
  columns: new Map<string, Column>([
    ['id', exact(sql`directory_user.person_id::text`)],
    ['username', text(sql`directory_user.user_name`)],
    ['externalid', exact(sql`directory_user.external_id`)],
    ['displayname', text(sql`directory_user.attributes ->> 'displayName'`)],
    ['name.formatted', text(sql`directory_user.attributes -> 'name' ->> 'formatted'`)],
    ['name.familyname', text(sql`directory_user.attributes -> 'name' ->> 'familyName'`)],
    ['name.givenname', text(sql`directory_user.attributes -> 'name' ->> 'givenName'`)],
    ['active', { kind: 'truth', value: sql`directory_user.active` }],
    ['meta.created', { kind: 'time', value: sql`directory_user.created_at` }],
    ['meta.lastmodified', { kind: 'time', value: sql`directory_user.updated_at` }],
  ]),
  many: new Map<string, Columns>([
    [
      'emails',
      {
        rows: sql`jsonb_array_elements(directory_user.attributes -> 'emails') as email`,
        parts: {
          value: text(sql`email ->> 'value'`),
          type: text(sql`email ->> 'type'`),
          primary: { kind: 'truth', value: sql`(email -> 'primary')::boolean` },
        },
      },
    ],
    [
      'groups',
      {
        rows: sql`directory_group_member as of_user join directory_group as group_of
          on group_of.id = of_user.group_id and group_of.workspace_id = directory_user.workspace_id
          and of_user.workspace_id = directory_user.workspace_id and of_user.person_id = directory_user.person_id`,
        parts: { value: exact(sql`group_of.id::text`), display: text(sql`group_of.display_name`) },
      },
    ],
  ]),
};

/** Of the row `directory_group`. */
export const filterableGroup: Filterable = {
  columns: new Map<string, Column>([
    ['id', exact(sql`directory_group.id::text`)],
    ['displayname', text(sql`directory_group.display_name`)],
    ['externalid', exact(sql`directory_group.external_id`)],
    ['meta.created', { kind: 'time', value: sql`directory_group.created_at` }],
    ['meta.lastmodified', { kind: 'time', value: sql`directory_group.updated_at` }],
  ]),
  many: new Map([
    [
      'members',
      {
        rows: sql`(select * from directory_group_member as one where one.group_id = directory_group.id
          and one.workspace_id = directory_group.workspace_id) as member`,
        parts: { value: exact(sql`member.person_id::text`) },
      },
    ],
  ]),
};

import { parseFilter } from '@clawster/domain/scim/filter';
import { type RawBuilder, sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { idIn, listOf, type PageAsked, type ScimAnswer } from './answer.ts';
import { filterSql } from './filter-sql.ts';
import { filterableGroup } from './filterable.ts';
import { answerGroup, answerGroups } from './group-answer.ts';
import { pageOfGroups } from './group.queries.ts';
import type { Asked } from './user-answer.ts';

/** One group of the directory. */
export function getGroup(plane: ControlPlane, asked: Asked, id: string): Promise<ScimAnswer> {
  const groupId = idIn(id, 'group');
  return readAs(plane, asked, (tx) => answerGroup(tx, asked, groupId));
}

/** The groups of the directory that match, a page of them; filtered and counted by the database. */
export function findGroups(
  plane: ControlPlane,
  asked: Asked,
  { filter, startIndex, count }: PageAsked & { filter: string | undefined },
): Promise<ScimAnswer> {
  const condition: RawBuilder<boolean> =
    filter === undefined ? sql<boolean>`true` : filterSql(filterableGroup, parseFilter(filter));
  return readAs(plane, asked, async (tx) => {
    const { items, total } = await pageOfGroups(tx, asked.workspaceId, {
      filter: condition,
      offset: startIndex - 1,
      limit: count,
    });
    const answers = await answerGroups(tx, asked, items);
    return {
      body: listOf(
        answers.map(({ body }) => body),
        { total, startIndex },
      ),
    };
  });
}

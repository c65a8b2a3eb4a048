import { parseFilter } from '@clawster/domain/scim/filter';
import { type RawBuilder, sql } from 'kysely';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { idIn, listOf, type PageAsked, type ScimAnswer } from './answer.ts';
import { filterSql } from './filter-sql.ts';
import { filterableUser } from './filterable.ts';
import { answerUser, answerUsers, type Asked } from './user-answer.ts';
import { pageOfUsers } from './user.queries.ts';

/** One user of the directory. */
export function getUser(plane: ControlPlane, asked: Asked, id: string): Promise<ScimAnswer> {
  const personId = idIn(id, 'user');
  return readAs(plane, asked, (tx) => answerUser(tx, asked, personId));
}

/** The users of the directory that match, a page of them; filtered and counted by the database. */
export function findUsers(
  plane: ControlPlane,
  asked: Asked,
  { filter, startIndex, count }: PageAsked & { filter: string | undefined },
): Promise<ScimAnswer> {
  const condition: RawBuilder<boolean> =
    filter === undefined ? sql<boolean>`true` : filterSql(filterableUser, parseFilter(filter));
  return readAs(plane, asked, async (tx) => {
    const { items, total } = await pageOfUsers(tx, asked.workspaceId, {
      filter: condition,
      offset: startIndex - 1,
      limit: count,
    });
    const answers = await answerUsers(tx, asked, items);
    return {
      body: listOf(
        answers.map(({ body }) => body),
        { total, startIndex },
      ),
    };
  });
}

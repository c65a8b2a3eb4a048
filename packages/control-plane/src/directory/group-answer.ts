import type { Complex, Resource } from '@clawster/domain/scim/read-resource';
import { groupSchema } from '@clawster/domain/scim/schema';
import { wrong } from '@clawster/domain/scim/scim-refusal';
import { isSelected } from '@clawster/domain/scim/select-attributes';
import type { Tx } from '../transaction.ts';
import { answerOf, noSuch, type ScimAnswer } from './answer.ts';
import { findGroup, type GroupMember, membersOf, type StoredGroup } from './group.queries.ts';
import type { Asked } from './user-answer.ts';

/** More than these in one answer would be tens of megabytes. */
const membersAnsweredMax = 100_000;

/** Groups as they are answered; who is in them is read only where it is asked for. */
export async function answerGroups(tx: Tx, asked: Asked, groups: StoredGroup[]): Promise<Required<ScimAnswer>[]> {
  const { workspaceId, baseUrl, selection } = asked;
  const groupIds = groups.map(({ id }) => id);
  const members = isSelected(selection, 'members')
    ? await membersOf(tx, workspaceId, { groupIds, limit: membersAnsweredMax + 1 })
    : undefined;
  if ((members?.length ?? 0) > membersAnsweredMax)
    throw wrong('tooMany', 'Ask for fewer groups at once, or with excludedAttributes=members');
  const byGroup = Map.groupBy(members ?? [], ({ groupId }) => groupId);
  return groups.map(({ displayName, externalId, ...stored }) => {
    const resource: Resource = {
      displayName,
      ...(externalId === null ? {} : { externalId }),
      ...(members ? { members: (byGroup.get(stored.id) ?? []).map((one) => memberOf(baseUrl, one)) } : {}),
    };
    return answerOf({ schema: groupSchema, baseUrl, selection }, { ...stored, resource });
  });
}

function memberOf(baseUrl: string, { personId, userName }: GroupMember): Complex {
  return { value: personId, display: userName, type: 'User', $ref: `${baseUrl}/Users/${personId}` };
}

/** One group, as stored at this moment. */
export async function answerGroup(tx: Tx, asked: Asked, id: string): Promise<Required<ScimAnswer>> {
  const stored = await findGroup(tx, asked.workspaceId, id);
  const [answer] = stored ? await answerGroups(tx, asked, [stored]) : [];
  if (!answer) throw noSuch('group', id);
  return answer;
}

import { userSchema } from '@clawster/domain/scim/schema';
import { isSelected, type Selection } from '@clawster/domain/scim/select-attributes';
import type { Tx } from '../transaction.ts';
import { answerOf, noSuch, type ScimAnswer } from './answer.ts';
import { findUser, groupsOf, type StoredUser } from './user.queries.ts';

export type Asked = { workspaceId: string; baseUrl: string; selection: Selection };

/** Users as they are answered, with their groups where these are asked for. */
export async function answerUsers(tx: Tx, asked: Asked, users: StoredUser[]): Promise<Required<ScimAnswer>[]> {
  const { workspaceId, baseUrl, selection } = asked;
  const ids = users.map(({ personId }) => personId);
  const groups = isSelected(selection, 'groups') ? await groupsOf(tx, workspaceId, ids) : undefined;
  return users.map(({ personId: id, resource, ...stored }) => {
    const ofUser = groups?.get(id);
    const whole = ofUser ? { ...resource, groups: ofUser } : resource;
    return answerOf({ schema: userSchema, baseUrl, selection }, { ...stored, id, resource: whole });
  });
}

/** One user, as stored at this moment. */
export async function answerUser(tx: Tx, asked: Asked, personId: string): Promise<Required<ScimAnswer>> {
  const stored = await findUser(tx, asked.workspaceId, personId);
  const [answer] = stored ? await answerUsers(tx, asked, [stored]) : [];
  if (!answer) throw noSuch('user', personId);
  return answer;
}

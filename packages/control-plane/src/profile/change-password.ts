import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller, SignedIn } from '../caller.ts';
import type { ChangeContext } from '../change.ts';
import { command } from '../command.ts';
import { closeSessions } from '../person/end-access.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetChallenges } from '../second-factor/challenge.queries.ts';
import { forgetCallers } from '../session/caller-cache.ts';
import { hashPassword, refuseGuessable } from '../session/password.ts';
import { elsewhere } from './elsewhere.ts';
import { provePerson } from './prove-person.ts';

const field = 'newPassword';

/** Changes the password of the person who asks, and closes all their sessions but this one. */
export async function changePassword(plane: ControlPlane, asking: Caller, raw: unknown) {
  const route = api.profile.changePassword;
  const { caller, input, account } = await provePerson(plane, asking, { route, raw });
  const { password, newPassword } = input;
  if (newPassword === password) {
    const message = 'This is the passphrase you have: choose another';
    throw new Refusal('invalid', message, { issues: [{ path: field, message }] });
  }
  refuseGuessable(newPassword, [account.name, account.email], field);
  const passwordHash = await hashPassword(newPassword);
  const store = command(route, async (context) => {
    await context.tx.updateTable('person').set({ passwordHash }).where('id', '=', caller.id).execute();
    await forgetChallenges(context.tx, caller.id);
    await closeOthers(context, caller, caller.workspaceId);
    return {};
  });
  const answer = await store(plane, caller, input);
  await elsewhere(plane, caller, (context, workspaceId) => closeOthers(context, caller, workspaceId));
  forgetCallers(plane);
  return answer;
}

async function closeOthers(
  context: Pick<ChangeContext, 'tx' | 'record' | 'recordAll'>,
  { id, name, sessionId }: SignedIn,
  workspaceId: string,
): Promise<void> {
  const sessions = await closeSessions(context, { workspaceId, personId: id, keep: sessionId });
  await context.record({ type: 'person-password-changed', subjectId: id, subjectName: name, detail: { sessions } });
}

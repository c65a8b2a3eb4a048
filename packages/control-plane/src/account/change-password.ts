import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { type Caller, originOf } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { tellPasswordChanged } from '../mail/account-mail.queries.ts';
import { endResets } from '../password-reset/password-reset.queries.ts';
import { forgetChallenges } from '../second-factor/challenge.queries.ts';
import { hashPassword, refuseGuessable } from '../session/password.ts';
import { closeOtherSessions } from './close-other-sessions.ts';
import { otherWorkspacesOf } from './elsewhere.ts';
import { provePerson } from './prove-person.ts';

const field = 'newPassword';

/** Changes the password of the person who asks, and closes all their sessions but this one, in every workspace. */
export async function changePassword(plane: ControlPlane, asking: Caller, raw: unknown) {
  const route = api.account.changePassword;
  const { caller, input, account } = await provePerson(plane, asking, { route, raw });
  const { password, newPassword } = input;
  if (newPassword === password) {
    const message = 'This is the passphrase you have: choose another';
    throw Refusal.at(field, 'invalid', message);
  }
  refuseGuessable(newPassword, [account.name, account.email], field);
  const passwordHash = await hashPassword(newPassword);
  const others = await otherWorkspacesOf(plane, caller);
  const store = command(route, async (context) => {
    await context.tx.updateTable('person').set({ passwordHash }).where('id', '=', caller.id).execute();
    await forgetChallenges(context.tx, caller.id);
    await endResets(context.tx, caller.id);
    await tellPasswordChanged(context.tx, account.email, originOf(caller));
    const told = { type: 'person-password-changed', subjectId: caller.id, subjectName: caller.name } as const;
    await closeOtherSessions(context, others, told);
    return {};
  });
  return store(plane, caller, input);
}

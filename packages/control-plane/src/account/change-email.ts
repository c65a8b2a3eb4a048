import { api } from '@clawster/contract/api';
import { violates } from '@clawster/database/violation';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { endResets } from '../password-reset/password-reset.queries.ts';
import { provePerson } from './prove-person.ts';

const change = command(api.account.changeEmail, async ({ tx, caller, record }, { email }) => {
  // What was mailed to the address there was opens nothing any more.
  await endResets(tx, caller.id);
  await unlessTaken(email, () => tx.updateTable('person').set({ email }).where('id', '=', caller.id).execute());
  await record({
    type: 'person-updated',
    subjectId: caller.id,
    subjectName: caller.name,
    detail: { changed: 'email', to: email },
  });
  return {};
});

/** Changes the address the person who asks signs in with. */
export async function changeEmail(plane: ControlPlane, asking: Caller, raw: unknown) {
  const { caller, input } = await provePerson(plane, asking, { route: api.account.changeEmail, raw });
  return change(plane, caller, input);
}

async function unlessTaken(email: string, write: () => Promise<unknown>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    if (!violates(cause, 'person_email')) throw cause;
    const message = `There is an account for ${email} already: choose another address`;
    throw new Refusal('conflict', message, { issues: [{ path: 'email', message }], cause });
  }
}

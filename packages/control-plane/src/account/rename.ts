import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { refuseProgram } from './prove-person.ts';

/** Gives the person who asks another name; events told before keep the one they had. */
export const rename = command(api.account.rename, async ({ tx, caller, record }, { name }) => {
  refuseProgram(caller);
  await tx.updateTable('person').set({ name }).where('id', '=', caller.id).execute();
  await record({ type: 'person-updated', subjectId: caller.id, subjectName: name, detail: { from: caller.name } });
  return {};
});

import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { forgetCallers } from '../session/caller-cache.ts';
import { refuseProgram } from './prove-person.ts';

const change = command(api.profile.rename, async ({ tx, caller, record }, { name }) => {
  refuseProgram(caller);
  await tx.updateTable('person').set({ name }).where('id', '=', caller.id).execute();
  await record({ type: 'person-updated', subjectId: caller.id, subjectName: name, detail: { from: caller.name } });
  return {};
});

/** Gives the person who asks another name; events told before keep the one they had. */
export async function rename(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await change(plane, caller, raw);
  forgetCallers(plane);
  return answer;
}

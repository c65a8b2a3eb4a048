import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import type { ControlPlane } from '../plane.ts';
import { findRequirement, storeRequirement } from '../second-factor/requirement.queries.ts';
import { forgetCallers } from '../session/caller-cache.ts';
import { settingsOf } from './get-settings.ts';

const change = command(api.workspace.requireSecondFactor, async ({ tx, caller, record }, { requiredOf }) => {
  const { workspaceId } = caller;
  const { requiredOf: before } = await findRequirement(tx, workspaceId);
  // Asked again, it would give everyone another day.
  if (before === requiredOf) throw new Refusal('conflict', `A second factor is required of ${requiredOf} already`);
  await storeRequirement(tx, workspaceId, requiredOf);
  await record({
    type: 'workspace-second-factor-changed',
    subjectId: workspaceId,
    detail: { from: before, to: requiredOf },
  });
  return settingsOf(tx, workspaceId);
});

/** Requires a second factor of owners, everyone or nobody; who has none is given a day. */
export async function requireSecondFactor(plane: ControlPlane, caller: Caller, raw: unknown) {
  const answer = await change(plane, caller, raw);
  forgetCallers(plane);
  return answer;
}

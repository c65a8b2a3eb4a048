import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { findRequirement, storeRequirement } from '../second-factor/requirement.queries.ts';
import { settingsOf } from './get-settings.ts';

/** Requires a second factor of owners, everyone or nobody; who has none is given a day. */
export const requireSecondFactor = command(
  api.workspace.requireSecondFactor,
  async ({ tx, caller, record }, { requiredOf }) => {
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
  },
);

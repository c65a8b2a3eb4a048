import { api } from '@clawster/contract/api';
import type { WorkspaceSettings } from '@clawster/contract/workspace';
import { query } from '../query.ts';
import { findRequirement } from '../second-factor/requirement.queries.ts';
import type { Tx } from '../transaction.ts';

/** What holds for all of the workspace. */
export const getSettings = query(api.workspace.settings, ({ tx, caller }) => settingsOf(tx, caller.workspaceId));

export async function settingsOf(tx: Tx, workspaceId: string): Promise<WorkspaceSettings> {
  const { requiredOf, since } = await findRequirement(tx, workspaceId);
  return { secondFactor: { requiredOf, since: since.toISOString() } };
}

import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { changesOf } from '@clawster/domain/audit/changes';
import { sql } from 'kysely';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getProfile } from './profile.queries.ts';
import { changedProfile, profileColumns, proposeProfile, toldOfProfile } from './save-profile.ts';

/** Changes a profile, and has every bot it concerns take it over; refused whole when one of them could not. */
export const updateProfile = command(api.profiles.update, changeProfile);

/** The same within a change of more than this. */
export async function changeProfile(
  context: CommandContext,
  { profileId, reason, ...changes }: ParsedInputOf<typeof api.profiles.update>,
) {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const before = await getProfile(tx, profileId);
  const profile = changedProfile(before, changes);
  const changed = await proposeProfile(tx, caller.workspaceId, profile);
  refuseUnfit(changed);
  await unlessNameTaken('profile', profile.name, () =>
    tx
      .updateTable('profile')
      .set({ ...profileColumns(profile), updatedAt: sql<Date>`now()` })
      .where('workspaceId', '=', caller.workspaceId)
      .where('id', '=', profileId)
      .execute(),
  );
  const bots = await settleChange(byCaller(context), changed, {
    cause: { kind: 'profile', id: profileId, name: profile.name },
    reason,
  });
  await record({
    type: 'profile-updated',
    subjectId: profileId,
    subjectName: profile.name,
    detail: { ...changesOf(toldOfProfile(before), toldOfProfile(profile)), bots, ...(reason ? { reason } : {}) },
  });
  return getProfile(tx, profileId);
}

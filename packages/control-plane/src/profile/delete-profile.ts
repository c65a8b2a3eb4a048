import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { proposeLayer } from '../configuration/propose.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import type { Tx } from '../transaction.ts';
import { getProfile } from './profile.queries.ts';

/** Deletes a profile that no bot names; those that have it by their labels go on without it. */
export const deleteProfile = command(api.profiles.delete, removeProfile);

/** The same within a change of more than this. */
export async function removeProfile(context: CommandContext, { profileId }: ParsedInputOf<typeof api.profiles.delete>) {
  const { tx, caller, record } = context;
  const { workspaceId } = caller;
  await lockLayers(tx, workspaceId, 'change');
  const { name } = await getProfile(tx, profileId);
  await refuseNamed(tx, workspaceId, profileId);
  const changed = await proposeLayer(tx, workspaceId, { profile: { id: profileId, after: undefined } });
  refuseUnfit(changed);
  await tx.deleteFrom('profile').where('workspaceId', '=', workspaceId).where('id', '=', profileId).execute();
  const bots = await settleChange(byCaller(context), changed, {
    cause: { kind: 'profile', id: profileId, name },
    reason: '',
  });
  await record({ type: 'profile-deleted', subjectId: profileId, subjectName: name, detail: { bots } });
  return {};
}

async function refuseNamed(tx: Tx, workspaceId: string, profileId: string): Promise<void> {
  const bots = await tx
    .selectFrom('bot')
    .select('name')
    .where('workspaceId', '=', workspaceId)
    .where('removedAt', 'is', null)
    .where(sql<boolean>`spec->'profileIds' @> to_jsonb(${profileId}::text)`)
    .orderBy('name')
    .limit(4)
    .execute();
  if (bots.length === 0) return;
  const names = bots.slice(0, 3).map(({ name }) => name);
  throw new Refusal(
    'refused',
    `${names.join(', ')}${bots.length > 3 ? ' and others' : ''} name this profile: take it from them first`,
  );
}

import type { Labels } from '@clawster/contract/label';
import type { Profile } from '@clawster/contract/profile';
import { Settings } from '@clawster/contract/settings';
import { Refusal } from '@clawster/domain/refusal';
import { sql } from 'kysely';
import { isVisible } from '../is-visible.ts';
import type { Tx } from '../transaction.ts';

/** Bots that have a profile, by name or by its labels. */
const botCount = sql<number>`(select count(*)::int from bot
  where bot.workspace_id = profile.workspace_id and bot.removed_at is null and bot.spec->>'desired' <> 'destroyed'
    and (bot.spec->'profileIds' @> to_jsonb(profile.id::text) or bot.labels @> profile.selector))`;

/** Profiles of the transaction's workspace. */
export function selectProfiles(tx: Tx) {
  return tx
    .selectFrom('profile')
    .select([
      'id',
      'name',
      'description',
      'selector',
      'priority',
      'settings',
      'locked',
      'version',
      'createdAt',
      'updatedAt',
    ])
    .select(botCount.as('botCount'))
    .where(isVisible('profile'));
}
type ProfileRow = Awaited<ReturnType<ReturnType<typeof selectProfiles>['executeTakeFirstOrThrow']>>;

/** Refuses when there is no such profile. */
export async function getProfile(tx: Tx, profileId: string): Promise<Profile> {
  const row = await selectProfiles(tx).where('id', '=', profileId).executeTakeFirst();
  if (!row) throw new Refusal('not-found', 'There is no such profile in this workspace');
  return toProfile(row);
}

export function toProfile(row: ProfileRow): Profile {
  const { id, name, description, priority, locked, version, selector, settings, createdAt, updatedAt } = row;
  return {
    id,
    name,
    description,
    priority,
    locked,
    version,
    botCount: row.botCount,
    ...(selector ? { selector: selector as Labels } : {}),
    settings: Settings.parse(settings),
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}

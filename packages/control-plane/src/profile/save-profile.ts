import type { Profile, ProfileChanges } from '@clawster/contract/profile';
import type { StoredProfile } from '@clawster/domain/config/layers-of';
import type { Changed } from '../configuration/impact.ts';
import { documentOf, proposeLayer, refuseUnsettable } from '../configuration/propose.ts';
import { given } from '../given.ts';
import type { Tx } from '../transaction.ts';

/** A profile with changes made to it; what they do not name stays. */
export function changedProfile(profile: Profile, { selector, ...changes }: ProfileChanges): Profile {
  const { selector: before, ...rest } = profile;
  const attached = selector === undefined ? before : (selector ?? undefined);
  return { ...rest, ...given(changes), version: profile.version + 1, ...(attached ? { selector: attached } : {}) };
}

/** What a profile would do to the bots that have it now or would have it then; refuses what no layer may say. */
export function proposeProfile(tx: Tx, workspaceId: string, profile: Profile): Promise<Changed[]> {
  refuseUnsettable(profile.settings, profile.locked);
  return proposeLayer(tx, workspaceId, { profile: { id: profile.id, after: storedProfile(profile) } });
}

function storedProfile({ id, name, priority, selector, settings, locked, version }: Profile): StoredProfile {
  return { id, name, priority, selector, settings: documentOf(settings), locked, version };
}

/** A profile's columns. */
export function profileColumns({ name, description, selector, priority, settings, locked, version }: Profile) {
  return { name, description, selector: selector ?? null, priority, settings: documentOf(settings), locked, version };
}

/** What an event tells of a profile: its settings are in the revisions of its bots. */
export function toldOfProfile({ name, description, selector, priority, settings, locked }: Profile) {
  return { name, description, selector, priority, settings, locked };
}

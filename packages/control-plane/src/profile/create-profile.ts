import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import type { CreateProfile, Profile } from '@clawster/contract/profile';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getProfile } from './profile.queries.ts';
import { profileColumns, proposeProfile, toldOfProfile } from './save-profile.ts';

/** Makes a profile, and has the bots with its labels take it over; refused whole when one of them could not. */
export const createProfile = command(api.profiles.create, makeProfile);

/** The same within a change of more than this. */
export async function makeProfile(context: CommandContext, input: ParsedInputOf<typeof api.profiles.create>) {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const profile = newProfile(input);
  const changed = await proposeProfile(tx, caller.workspaceId, profile);
  refuseUnfit(changed);
  await unlessNameTaken('profile', profile.name, () =>
    tx
      .insertInto('profile')
      .values({ id: profile.id, workspaceId: caller.workspaceId, ...profileColumns(profile) })
      .execute(),
  );
  const bots = await settleChange(byCaller(context), changed, {
    cause: { kind: 'profile', id: profile.id, name: profile.name },
    reason: '',
  });
  await record({
    type: 'profile-created',
    subjectId: profile.id,
    subjectName: profile.name,
    detail: { ...toldOfProfile(profile), bots },
  });
  return getProfile(tx, profile.id);
}

/** A profile as it would be. */
export function newProfile({ selector, ...input }: CreateProfile): Profile {
  const now = new Date().toISOString();
  return {
    ...input,
    ...(selector ? { selector } : {}),
    id: randomUUID(),
    version: 1,
    botCount: 0,
    createdAt: now,
    updatedAt: now,
  };
}

import { z } from 'zod';
import { Labels } from './label.ts';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';
import { Settings } from './settings.ts';

export const ProfileName = z.string().trim().min(1, 'Name the profile, such as Security').max(80);
/** Of layers of one kind, one with a higher priority is above. */
export const Priority = z.int().min(0).max(1_000);
export const Locked = z.array(z.string().min(1).max(200)).max(50);
/** Which bots a layer is attached to without being named: those with all of these labels. */
export const LayerSelector = Labels.refine(
  (labels) => Object.keys(labels).length > 0,
  'Name at least one label, or attach it to bots by name',
);

/** Settings that many bots share. */
export const Profile = z.object({
  id: Id,
  name: ProfileName,
  description: z.string(),
  selector: LayerSelector.optional(),
  priority: Priority,
  settings: Settings,
  locked: Locked,
  /** Counts its changes. */
  version: z.int(),
  /** Bots it is attached to, by name or by labels. */
  botCount: z.int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Profile = z.infer<typeof Profile>;

const fields = {
  name: ProfileName,
  description: z.string().trim().max(300),
  selector: LayerSelector.nullable(),
  priority: Priority,
  settings: Settings,
  locked: Locked,
};
export const CreateProfile = z.object({
  ...fields,
  description: fields.description.default(''),
  selector: LayerSelector.optional(),
  priority: Priority.default(100),
  locked: Locked.default([]),
});
export type CreateProfile = z.infer<typeof CreateProfile>;
/** What is absent stays; `selector: null` takes it away. */
export const ProfileChanges = z.object(fields).partial();
export type ProfileChanges = z.infer<typeof ProfileChanges>;

const One = z.object({ profileId: Id });
/** Why it is changed, kept with the revision of each bot. */
export const ChangeReason = z.string().trim().max(300).default('');

export const profiles = {
  list: route({
    method: 'GET',
    path: '/profiles',
    permission: 'profile:read',
    summary: 'Profiles of the workspace, the lowest first',
    input: PageInput.extend({ search: z.string().max(100).optional() }),
    output: pageOf(Profile),
  }),
  get: route({
    method: 'GET',
    path: '/profiles/{profileId}',
    permission: 'profile:read',
    summary: 'One profile',
    input: One,
    output: Profile,
  }),
  create: route({
    method: 'POST',
    path: '/profiles',
    permission: 'profile:manage',
    summary: 'Make a profile; bots with its labels have it at once',
    input: CreateProfile,
    output: Profile,
  }),
  update: route({
    method: 'PATCH',
    path: '/profiles/{profileId}',
    permission: 'profile:manage',
    summary: 'Change a profile; every bot it is attached to takes it over, unless one could not',
    input: One.extend(ProfileChanges.shape).extend({ reason: ChangeReason }),
    output: Profile,
  }),
  delete: route({
    method: 'DELETE',
    path: '/profiles/{profileId}',
    permission: 'profile:manage',
    summary: 'Delete a profile that no bot names; those that have it by labels lose it',
    input: One,
    output: Empty,
  }),
};

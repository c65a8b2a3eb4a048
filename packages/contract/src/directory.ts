import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { Role } from './permission.ts';
import { route } from './route.ts';

/** Where a directory's requests go, on the server's origin. */
export const scimPrefix = '/scim/v2';

export const DirectoryName = z.string().trim().min(1, 'Name it as people know it, for example "Okta"').max(60);

/** Who may use the directory, without its token. */
export const Directory = z.object({
  id: Id,
  name: DirectoryName,
  /** The role of who connected it: it decides over nobody, and gives no role, that may do more. */
  setByRole: Role,
  createdAt: Timestamp,
  /** The first characters of the newest token. */
  prefix: z.string(),
  tokenMadeAt: Timestamp,
  /** Until when the token before is good beside it; absent when none is. */
  oldTokenGoodUntil: Timestamp.optional(),
  lastUsedAt: Timestamp.optional(),
  /** Of whom it made or took over: who is let in, who is not, and who of these waits for a group with a role. */
  people: z.object({
    letIn: z.int().nonnegative(),
    shut: z.int().nonnegative(),
    inNoGroup: z.int().nonnegative(),
  }),
});
export type Directory = z.infer<typeof Directory>;

/** A group that the directory has, with the role that it gives by the mapping of single sign-on. */
export const DirectoryGroup = z.object({
  id: Id,
  name: z.string(),
  externalId: z.string().optional(),
  members: z.int().nonnegative(),
  /** Absent when it gives none. */
  role: Role.optional(),
  /** Set where it is mapped to a role that the directory may not give. */
  whyNoRole: z.string().optional(),
});
export type DirectoryGroup = z.infer<typeof DirectoryGroup>;

export const ConnectDirectory = z.object({ name: DirectoryName });

export const RotateDirectory = z.object({
  /** For how long the old token stays good; 0 ends it at once. */
  overlapHours: z.int().min(0).max(168).default(24),
});

const ConnectedDirectory = z.object({ directory: Directory, value: z.string() });

export const directory = {
  show: route({
    method: 'GET',
    path: '/directory',
    permission: 'person:manage',
    summary: 'The directory that makes and ends the people of the workspace by SCIM 2.0, and the base URL for it',
    input: Empty,
    output: z.object({ directory: Directory.optional(), baseUrl: z.string() }),
  }),
  connect: route({
    method: 'POST',
    path: '/directory',
    permission: 'person:manage',
    summary: 'Connect a directory; its token is in this answer and never again. Needs single sign-on to be set up',
    input: ConnectDirectory,
    output: ConnectedDirectory,
  }),
  rotate: route({
    method: 'POST',
    path: '/directory/rotate',
    permission: 'person:manage',
    summary:
      'Give the directory a new token, in this answer and never again; the old one is good until the overlap ends',
    input: RotateDirectory,
    output: ConnectedDirectory,
  }),
  remove: route({
    method: 'DELETE',
    path: '/directory',
    permission: 'person:manage',
    summary: 'Remove the directory: its token is good no more; people stay as they are, and its groups are forgotten',
    input: Empty,
    output: Empty,
  }),
  groups: route({
    method: 'GET',
    path: '/directory/groups',
    permission: 'person:manage',
    summary: 'The groups of the directory, each with the role it gives',
    input: PageInput,
    output: pageOf(DirectoryGroup),
  }),
};

import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { Workspace } from './person.ts';
import { Role } from './permission.ts';
import { route } from './route.ts';

export const requiredOf = ['owners', 'everyone', 'nobody'] as const;
/** Who must have a second factor: an authenticator app or a passkey. */
export const RequiredOf = z.enum(requiredOf);
export type RequiredOf = z.infer<typeof RequiredOf>;

export const WorkspaceSettings = z.object({
  secondFactor: z.object({ requiredOf: RequiredOf, since: Timestamp }),
});
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>;

export const workspace = {
  settings: route({
    method: 'GET',
    path: '/workspace/settings',
    permission: 'workspace:read',
    summary: 'What holds for all of the workspace',
    input: Empty,
    output: WorkspaceSettings,
  }),
  requireSecondFactor: route({
    method: 'PATCH',
    path: '/workspace/settings/second-factor',
    permission: 'workspace:manage',
    summary: 'Require a second factor of owners, everyone or nobody; who has none gets a day',
    input: z.object({ requiredOf: RequiredOf }),
    output: WorkspaceSettings,
  }),
};

export const WorkspaceName = z.string().trim().min(1, 'Enter a name').max(80);

/** A workspace as one of its members sees it: `role` is theirs there, `current` is where they ask from. */
export const ListedWorkspace = z.object({ id: Id, name: z.string(), role: Role, current: z.boolean() });
export type ListedWorkspace = z.infer<typeof ListedWorkspace>;

export const workspaces = {
  list: route({
    method: 'GET',
    path: '/workspaces',
    permission: 'signed-in',
    summary: "The caller's own workspaces; of an API key, its one",
    input: Empty,
    output: z.object({ items: z.array(ListedWorkspace) }),
  }),
  create: route({
    method: 'POST',
    path: '/workspaces',
    permission: 'workspace:manage',
    summary: 'Make another workspace, with the person who asks as its owner',
    input: z.object({ name: WorkspaceName }),
    output: Workspace,
  }),
  rename: route({
    method: 'PATCH',
    path: '/workspace',
    permission: 'workspace:manage',
    summary: 'Give the workspace another name',
    input: z.object({ name: WorkspaceName }),
    output: Workspace,
  }),
};

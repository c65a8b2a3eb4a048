import { z } from 'zod';
import { Empty, Timestamp } from './page.ts';
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

import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { Role } from './permission.ts';
import { route } from './route.ts';

export const ServiceAccountName = z.string().trim().min(1, 'Name the account after what its programs do').max(80);
const Description = z.string().trim().max(200);

/** A member that is no person: programs' keys belong to it, and outlive whoever made them. */
export const ServiceAccount = z.object({
  id: Id,
  name: ServiceAccountName,
  description: z.string(),
  /** No key of it does more than this. */
  role: Role,
  /** Keys in force. */
  apiKeyCount: z.int().nonnegative(),
  createdAt: Timestamp,
  /** Since when its keys are refused; absent while they are let in. */
  disabledAt: Timestamp.optional(),
});
export type ServiceAccount = z.infer<typeof ServiceAccount>;

export const CreateServiceAccount = z.object({
  name: ServiceAccountName,
  description: Description.default(''),
  role: Role,
});
export type CreateServiceAccount = z.infer<typeof CreateServiceAccount>;

const OneAccount = z.object({ serviceAccountId: Id });
/** How many keys were revoked with it. */
const EndedKeys = z.object({ apiKeys: z.int().nonnegative() });

export const serviceAccounts = {
  list: route({
    method: 'GET',
    path: '/service-accounts',
    permission: 'api-key:read',
    summary: 'Service accounts of the workspace, by name',
    input: PageInput,
    output: pageOf(ServiceAccount),
  }),
  create: route({
    method: 'POST',
    path: '/service-accounts',
    permission: 'api-key:manage',
    summary: 'Make a service account that may do no more than the caller',
    input: CreateServiceAccount,
    output: ServiceAccount,
  }),
  update: route({
    method: 'PATCH',
    path: '/service-accounts/{serviceAccountId}',
    permission: 'api-key:manage',
    summary: 'Change a service account; keys of it that may do more than its new role are revoked',
    input: OneAccount.extend({
      name: ServiceAccountName.optional(),
      description: Description.optional(),
      role: Role.optional(),
    }),
    output: EndedKeys,
  }),
  disable: route({
    method: 'POST',
    path: '/service-accounts/{serviceAccountId}/disable',
    permission: 'api-key:manage',
    summary: 'Refuse the keys of a service account, at once and until it is enabled',
    input: OneAccount,
    output: Empty,
  }),
  enable: route({
    method: 'POST',
    path: '/service-accounts/{serviceAccountId}/enable',
    permission: 'api-key:manage',
    summary: 'Let the keys of a service account in again',
    input: OneAccount,
    output: Empty,
  }),
  delete: route({
    method: 'DELETE',
    path: '/service-accounts/{serviceAccountId}',
    permission: 'api-key:manage',
    summary: 'Delete a service account; its keys are revoked at once',
    input: OneAccount,
    output: EndedKeys,
  }),
};

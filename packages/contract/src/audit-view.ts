import { z } from 'zod';
import { auditRangeHours } from './audit-range.ts';
import { EventFilter } from './event.ts';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

const AuditRange = z.enum(Object.keys(auditRangeHours) as (keyof typeof auditRangeHours)[]);
const { search, actorKind, outcome, noun } = EventFilter.shape;

/** Which events a view shows: all that are named must fit. */
export const AuditViewFilter = z.strictObject({ search, actorKind, outcome, noun, range: AuditRange.optional() });
export type AuditViewFilter = z.infer<typeof AuditViewFilter>;

const Name = z.string().trim().min(1, 'Name the view, such as Refused sign-ins').max(80);

export const AuditView = z.object({
  id: Id,
  name: z.string(),
  filter: AuditViewFilter,
  /** Whether the whole workspace sees it; else it is the caller's own. */
  shared: z.boolean(),
  createdAt: Timestamp,
});
export type AuditView = z.infer<typeof AuditView>;

const OneView = z.object({ viewId: Id });

export const auditViews = {
  list: route({
    method: 'GET',
    path: '/audit/views',
    permission: 'event:read',
    summary: 'Views of the audit trail: those of the workspace and the caller’s own, by name',
    input: Empty,
    output: z.object({ items: z.array(AuditView) }),
  }),
  create: route({
    method: 'POST',
    path: '/audit/views',
    permission: 'event:read',
    summary: 'Keep a filter under a name; sharing it takes audit:manage',
    input: z.object({ name: Name, filter: AuditViewFilter, shared: z.boolean().default(false) }),
    output: AuditView,
  }),
  update: route({
    method: 'PATCH',
    path: '/audit/views/{viewId}',
    permission: 'event:read',
    summary: 'Rename a view, or have it show other events',
    input: OneView.extend({ name: Name.optional(), filter: AuditViewFilter.optional() }),
    output: AuditView,
  }),
  delete: route({
    method: 'DELETE',
    path: '/audit/views/{viewId}',
    permission: 'event:read',
    summary: 'Forget a view; the events stay',
    input: OneView,
    output: Empty,
  }),
};

import { z } from 'zod';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { LayerSelector, Priority } from './profile.ts';
import { route } from './route.ts';
import { Settings } from './settings.ts';

export const OverlayName = z.string().trim().min(1, 'Name the overlay, such as Holiday replies').max(80);
const Reason = z.string().trim().max(300);

/** A small difference of one bot, or of those with some labels, for a while or until it is taken away. */
export const Overlay = z.object({
  id: Id,
  name: OverlayName,
  reason: z.string(),
  botId: Id.optional(),
  botName: z.string().optional(),
  selector: LayerSelector.optional(),
  priority: Priority,
  settings: Settings,
  expiresAt: Timestamp.optional(),
  version: z.int(),
  botCount: z.int(),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type Overlay = z.infer<typeof Overlay>;

export const CreateOverlay = z
  .object({
    name: OverlayName,
    reason: Reason.default(''),
    botId: Id.optional(),
    selector: LayerSelector.optional(),
    priority: Priority.default(100),
    settings: Settings,
    expiresAt: Timestamp.optional(),
  })
  .refine(({ botId, selector }) => (botId === undefined) !== (selector === undefined), {
    path: ['selector'],
    message: 'Say for which bot, or for which labels: one of the two',
  });
export type CreateOverlay = z.infer<typeof CreateOverlay>;
/** What is absent stays; whom it is for cannot be changed. `expiresAt: null`: until it is taken away. */
export const OverlayChanges = z
  .object({
    name: OverlayName,
    reason: Reason,
    priority: Priority,
    settings: Settings,
    expiresAt: Timestamp.nullable(),
  })
  .partial();
export type OverlayChanges = z.infer<typeof OverlayChanges>;

const One = z.object({ overlayId: Id });

export const overlays = {
  list: route({
    method: 'GET',
    path: '/overlays',
    permission: 'overlay:read',
    summary: 'Overlays of the workspace, or those of one bot',
    input: PageInput.extend({ botId: Id.optional(), search: z.string().max(100).optional() }),
    output: pageOf(Overlay),
  }),
  create: route({
    method: 'POST',
    path: '/overlays',
    permission: 'overlay:manage',
    summary: 'Lay a difference over one bot, or over those with some labels',
    input: CreateOverlay,
    output: Overlay,
  }),
  update: route({
    method: 'PATCH',
    path: '/overlays/{overlayId}',
    permission: 'overlay:manage',
    summary: 'Change an overlay; its bots take it over, unless one could not',
    input: One.extend(OverlayChanges.shape),
    output: Overlay,
  }),
  delete: route({
    method: 'DELETE',
    path: '/overlays/{overlayId}',
    permission: 'overlay:manage',
    summary: 'Take an overlay away',
    input: One,
    output: Empty,
  }),
};

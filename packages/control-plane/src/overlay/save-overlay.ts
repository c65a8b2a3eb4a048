import type { Overlay, OverlayChanges } from '@clawster/contract/overlay';
import type { StoredOverlay } from '@clawster/domain/config/layers-of';
import { Refusal } from '@clawster/domain/refusal';
import type { Changed } from '../configuration/impact.ts';
import { documentOf, proposeLayer, refuseUnsettable } from '../configuration/propose.ts';
import { given } from '../given.ts';
import type { Tx } from '../transaction.ts';

/** An overlay with changes made to it; what they do not name stays. */
export function changedOverlay(overlay: Overlay, { expiresAt, ...changes }: OverlayChanges): Overlay {
  const { expiresAt: before, ...rest } = overlay;
  const expires = expiresAt === undefined ? before : (expiresAt ?? undefined);
  return { ...rest, ...given(changes), version: overlay.version + 1, ...(expires ? { expiresAt: expires } : {}) };
}

/** What an overlay would do to its bots; refuses what no layer may say, and an end that has passed. */
export function proposeOverlay(tx: Tx, workspaceId: string, overlay: Overlay): Promise<Changed[]> {
  refuseUnsettable(overlay.settings);
  if (overlay.expiresAt && new Date(overlay.expiresAt) <= new Date())
    throw Refusal.at('expiresAt', 'invalid', 'It would have ended already: choose a time to come');
  return proposeLayer(tx, workspaceId, { overlay: { id: overlay.id, after: storedOverlay(overlay) } });
}

function storedOverlay({ id, name, priority, selector, botId, settings, version }: Overlay): StoredOverlay {
  return { id, name, priority, selector, botId, settings: documentOf(settings), version };
}

/** An overlay's columns, but whom it is for. */
export function overlayColumns({ name, reason, priority, settings, expiresAt, version }: Overlay) {
  return {
    name,
    reason,
    priority,
    settings: documentOf(settings),
    expiresAt: expiresAt ? new Date(expiresAt) : null,
    version,
  };
}

/** What an event tells of an overlay. */
export function toldOfOverlay({ name, reason, botName, selector, priority, settings, expiresAt }: Overlay) {
  return { name, reason, bot: botName, selector, priority, settings, expiresAt };
}

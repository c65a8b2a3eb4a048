import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { ParsedInputOf } from '@clawster/contract/route';
import type { CreateOverlay, Overlay } from '@clawster/contract/overlay';
import { lockBot } from '../bot/bot.queries.ts';
import { command, type CommandContext } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { byCaller, refuseUnfit, settleChange } from '../configuration/settle.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getOverlay } from './overlay.queries.ts';
import { overlayColumns, proposeOverlay, toldOfOverlay } from './save-overlay.ts';

/** Lays a difference over its bots; refused whole when one of them could not take it over. */
export const createOverlay = command(api.overlays.create, makeOverlay);

/** The same within a change of more than this. */
export async function makeOverlay(context: CommandContext, input: ParsedInputOf<typeof api.overlays.create>) {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  if (input.botId) await lockBot(tx, input.botId);
  const overlay = newOverlay(input);
  const changed = await proposeOverlay(tx, caller.workspaceId, overlay);
  refuseUnfit(changed);
  await unlessNameTaken('overlay', overlay.name, () =>
    tx
      .insertInto('overlay')
      .values({
        id: overlay.id,
        workspaceId: caller.workspaceId,
        botId: overlay.botId ?? null,
        selector: overlay.selector ?? null,
        ...overlayColumns(overlay),
      })
      .execute(),
  );
  const cause = { kind: 'overlay' as const, id: overlay.id, name: overlay.name };
  const bots = await settleChange(byCaller(context), changed, { cause, reason: overlay.reason });
  const saved = await getOverlay(tx, overlay.id);
  await record({
    type: 'overlay-created',
    subjectId: overlay.id,
    subjectName: overlay.name,
    detail: { ...toldOfOverlay(saved), bots },
  });
  return saved;
}

/** An overlay as it would be. */
export function newOverlay({ botId, selector, expiresAt, ...input }: CreateOverlay): Overlay {
  const now = new Date().toISOString();
  return {
    ...input,
    ...(botId ? { botId } : {}),
    ...(selector ? { selector } : {}),
    ...(expiresAt ? { expiresAt } : {}),
    id: randomUUID(),
    version: 1,
    botCount: 0,
    createdAt: now,
    updatedAt: now,
  };
}

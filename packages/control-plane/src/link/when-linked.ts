import { setTimeout as pause } from 'node:timers/promises';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { isLinked } from './is-linked.ts';

/** A supervisor whose link was lost, as when Clawster is started again, dials in anew at least this often. */
const redialMsMax = 10_000;
const lookEveryMs = 250;

/** Waits for the link of a bot that should run, for as long as that may take; who asks then is refused by the bot's absence. */
export async function whenLinked(plane: ControlPlane, workspaceId: string, botId: string): Promise<void> {
  const until = performance.now() + redialMsMax;
  while (performance.now() < until) {
    if (plane.links.holds(botId)) return;
    if (await readAs(plane, workspaceId, (tx) => isLinked(tx, plane, botId))) return;
    await pause(lookEveryMs);
  }
}

import type { HaltMode } from '@clawster/contract/fleet';
import type { HaltAsk, Links } from '../plane.ts';

/** A supervisor that has not ended its gateway by then is left to its target. */
const haltMs = 5_000;

/** Gives the emergency stop to the bots whose links are held here; resolves with those that confirmed. */
export async function haltHeld(
  links: Pick<Links, 'heldOf' | 'request'>,
  { workspaceId, bots, mode }: HaltAsk,
): Promise<string[]> {
  const named = bots === 'all' ? undefined : new Set(bots);
  const held = links.heldOf(workspaceId).filter((id) => !named || named.has(id));
  const confirmed = await Promise.all(held.map((id) => halt(links, id, mode)));
  return confirmed.filter((id) => id !== undefined);
}

/** The bot's id once its supervisor confirmed, or undefined when it could not be reached. */
export function halt(links: Pick<Links, 'request'>, botId: string, mode: HaltMode): Promise<string | undefined> {
  return links.request(botId, { method: 'halt', params: { mode } }, { timeoutMs: haltMs }).then(
    () => botId,
    () => undefined,
  );
}

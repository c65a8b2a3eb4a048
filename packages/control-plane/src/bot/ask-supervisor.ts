import type { SupervisorMethod } from '@clawster/link/supervisor-methods';
import { type BotAction, whyNot } from '@clawster/domain/bot/can';
import { Refusal } from '@clawster/domain/refusal';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { getBot } from './bot.queries.ts';

type Ask = { workspaceId: string; botId: string; action: BotAction; method: SupervisorMethod; timeoutMs: number };

/** Has a bot's supervisor do something that takes its time, outside of any transaction; refuses when the bot cannot. */
export async function askSupervisor(plane: ControlPlane, ask: Ask): Promise<unknown> {
  const { botId, method, timeoutMs } = ask;
  const bot = await readAs(plane, ask.workspaceId, (tx) => getBot(tx, botId));
  const reason = whyNot(ask.action, { phase: bot.status.phase, desired: bot.spec.desired });
  if (reason) throw new Refusal('refused', reason);
  return plane.links.request(botId, { method, params: {} }, { timeoutMs });
}

import type { SupervisorMethod } from '@clawster/link/supervisor-methods';
import type { BotAction } from '@clawster/domain/bot/can';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import type { Place } from '../transaction.ts';
import { botThatCan } from './bot-that-can.ts';

type Ask = { place: Place; botId: string; action: BotAction; method: SupervisorMethod; timeoutMs: number };

/** Has a bot's supervisor do something that takes its time, outside of any transaction; refuses when the bot cannot. */
export async function askSupervisor(plane: ControlPlane, ask: Ask): Promise<unknown> {
  const { botId, method, timeoutMs } = ask;
  await readAs(plane, ask.place, (tx) => botThatCan(tx, botId, ask.action));
  return plane.links.request(botId, { method, params: {} }, { timeoutMs });
}

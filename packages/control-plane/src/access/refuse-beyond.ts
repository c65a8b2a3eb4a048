import { Refusal } from '@clawster/domain/refusal';
import { sayBots } from '@clawster/domain/role/reach';
import { isVisible } from '../is-visible.ts';
import type { SignedIn } from '../caller.ts';
import { isReached } from './is-reached.ts';
import type { Tx } from '../transaction.ts';

/**
 * Refuses what is asked of a bot that the caller's permission does not hold for. Row-level security would not show it
 * either; this says so in a sentence, before anything is done, and answers nothing from memory.
 */
export async function refuseBeyond(tx: Tx, caller: SignedIn, input: unknown): Promise<void> {
  const botId = (input as { botId?: unknown }).botId;
  if (!caller.reach || typeof botId !== 'string') return;
  const bot = await tx
    .selectFrom('bot')
    .select('id')
    .where('id', '=', botId)
    .where(isVisible('bot'))
    .where(isReached(caller.reach))
    .executeTakeFirst();
  if (!bot) throw new Refusal('not-found', `There is no such bot among those you may do this to: ${sayReach(caller)}`);
}

/** Says in a sentence what row-level security refuses to write: something beyond the caller's reach. */
export async function withinReach<T>(caller: SignedIn, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!caller.reach || (cause as { code?: string }).code !== insufficientPrivilege) throw cause;
    throw new Refusal('forbidden', `You may do this only to ${sayReach(caller)}: give the bot labels that fit`, {
      cause,
    });
  }
}

/** What PostgreSQL calls a row that no policy lets in. */
const insufficientPrivilege = '42501';

function sayReach({ reach = [] }: SignedIn): string {
  return reach.map(sayBots).join(', ');
}

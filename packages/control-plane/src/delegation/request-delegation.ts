import { Refusal } from '@clawster/domain/refusal';
import type { AskContext, DelegationAsk, Requested } from './ask.ts';

/** Asks for something in a team, in the transaction that is under way: the team's limits and rules decide at once. */
export async function requestDelegation(_context: AskContext, _ask: DelegationAsk): Promise<Requested> {
  throw new Refusal('refused', 'No rule of the team lets this through');
}

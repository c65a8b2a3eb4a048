import { api } from '@clawster/contract/api';
import type { Wish } from '@clawster/domain/inbox/why-not-decide';
import { actorOf } from '../caller.ts';
import { command, type CommandContext } from '../command.ts';
import { standing } from '../person/standing.ts';
import { decide, type Decision } from './decide.ts';
import { showItem } from './show-item.ts';

/** Approves once or always, or refuses; it is carried out in the same transaction. */
export const decideItem = command(api.inbox.decide, (context, { decision, ...given }) =>
  decideAs(context, { ...given, wish: decision satisfies Wish }),
);

/** Answers a bot's question in words; it is told in the same transaction that it was. */
export const answerItem = command(api.inbox.answer, (context, { answer, ...given }) =>
  decideAs(context, { ...given, answer, wish: 'answer', reason: '' }),
);

async function decideAs(context: CommandContext, decision: Decision) {
  const { tx, caller } = context;
  const personId = await standing(tx, caller);
  const by = { actor: actorOf(caller), name: caller.name, personId, access: caller };
  return showItem(await decide(context, decision, by), caller, personId);
}

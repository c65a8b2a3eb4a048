import type { Delegation, DelegationDetail } from '@clawster/contract/delegation';
import { ago, type Output, table } from './output.ts';

/** Delegations as rows. */
export function delegationTable(delegations: Delegation[]): string {
  return table(
    ['id', 'task', 'from', 'to', 'state', 'asked', 'cost', 'why'],
    delegations.map((one) => [
      one.id,
      one.title,
      one.fromName,
      one.toName ?? one.capability ?? '–',
      one.state,
      `${ago(one.requestedAt)} ago`,
      `$${one.costUsd.toFixed(4)}`,
      one.reason,
    ]),
    'Nothing was asked of anybody. Ask for something: clawster delegation create --team <team> --to <bot> <title> <text>',
  );
}

/** A delegation with each of its steps, its result and what it was passed on as. */
export function delegationText(one: DelegationDetail, out: Output): string {
  const head = `${out.colour('bold', one.title)}: ${one.state}, ${one.reason}`;
  const who = `From ${one.fromName} to ${one.toName ?? one.capability ?? '–'}. $${one.costUsd.toFixed(4)}. Trace: clawster trace ${one.traceId}`;
  const steps = one.steps.map(({ at, state, by, why }) => `  ${at}  ${state}  ${why} (${by})`);
  const parts = one.children.map(({ id, title, state }) => `  ${id}  ${title}: ${state}`);
  return [
    head,
    who,
    ...steps,
    ...(parts.length > 0 ? ['Passed on as:', ...parts] : []),
    ...(one.result === undefined ? [] : ['', one.result]),
  ].join('\n');
}

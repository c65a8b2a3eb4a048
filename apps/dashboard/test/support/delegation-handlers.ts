import { randomUUID } from 'node:crypto';
import { type CreateDelegation, type DelegationDetail, overStates } from '@clawster/contract/delegation';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import { teamOf } from './team-handlers.ts';
import type { Handler, World } from './world.ts';

type Filter = { teamId?: string; botId?: string; goalId?: string; rootId?: string; state?: string; limit: number };
type One = { delegationId: string };

const isOver = ({ state }: DelegationDetail) => (overStates as readonly string[]).includes(state);

/** Delegations as a server keeps them; nobody works at them but a test. */
export const delegationHandlers: Record<string, Handler> = {
  'delegations.list': ({ teaming }, { teamId, goalId, state, ...page }: Filter) =>
    pageOf(
      teaming.delegations.filter(
        (one) =>
          (!teamId || one.teamId === teamId) &&
          (!goalId || one.goalId === goalId) &&
          (!state || (state === 'open' ? !isOver(one) : one.state === state)),
      ),
      page,
    ),
  'delegations.get': (world, input: One) => delegationOf(world, input),
  'delegations.create': (world, input: CreateDelegation) => {
    const team = teamOf(world, input.teamId);
    const to = team.members.find(
      ({ botId, capabilities }) =>
        botId === input.toBotId || (input.capability !== undefined && capabilities.includes(input.capability)),
    );
    const one = delegationFrom(world, {
      teamId: team.id,
      title: input.title,
      text: input.text,
      fromName: world.ownName,
      ...(to ? { toBotId: to.botId, toName: to.botName } : {}),
      ...(input.capability ? { capability: input.capability } : {}),
    });
    world.teaming.delegations.unshift(one);
    return one;
  },
  'delegations.cancel': (world, { reason, ...input }: One & { reason: string }) => {
    const one = delegationOf(world, input);
    if (isOver(one)) throw new Refused('refused', 'It is over already');
    return step(one, 'cancelled', reason || `Cancelled by ${world.ownName}`, world.ownName);
  },
  'delegations.retry': (world, input: One) => {
    const one = delegationOf(world, input);
    one.attempt += 1;
    return step(one, 'approved', 'It is tried once more', world.ownName);
  },
};

export function delegationOf({ teaming }: World, { delegationId }: One): DelegationDetail {
  const one = teaming.delegations.find(({ id }) => id === delegationId);
  if (!one) throw new Refused('not-found', 'There is no such delegation in this workspace');
  return one;
}

export function step(
  one: DelegationDetail,
  state: DelegationDetail['state'],
  why: string,
  by: string,
): DelegationDetail {
  Object.assign(one, { state, reason: why });
  one.steps.push({ at: ago(0), state, by, why });
  return one;
}

type Draft = Partial<DelegationDetail> & Pick<DelegationDetail, 'teamId' | 'title' | 'fromName'>;

/** One that a rule let through and nobody has begun, but for what is said otherwise. */
export function delegationFrom(world: World, draft: Draft): DelegationDetail {
  const id = draft.id ?? randomUUID();
  return {
    id,
    rootId: id,
    state: 'approved',
    reason: 'A rule of the team lets it through',
    hops: 0,
    origin: { kind: 'person', personName: world.ownName },
    untrusted: false,
    attempt: 1,
    deadlineAt: ago(-3_600),
    requestedAt: ago(30),
    traceId: 'trace-across',
    inputTokens: 0,
    outputTokens: 0,
    costUsd: 0,
    artefacts: [],
    rights: { capabilities: 'all', tools: 'all' },
    shared: [],
    steps: [{ at: ago(30), state: 'requested', by: draft.fromName, why: 'Asked' }],
    children: [],
    ...draft,
  };
}

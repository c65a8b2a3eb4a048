import type { InboxItemDetail } from '@clawster/contract/inbox';
import { ago } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

type One = { itemId: string };
type Filter = { state: 'open' | 'over'; kind?: string; teamId?: string; mine?: boolean; limit: number };

/** What waits for a person, as a server keeps it. */
export const inboxHandlers: Record<string, Handler> = {
  'inbox.list': ({ teaming, people }, { state, kind, teamId, mine, ...page }: Filter) =>
    pageOf(
      teaming.items.filter(
        (item) =>
          (item.state === 'open') === (state === 'open') &&
          (!kind || item.kind === kind) &&
          (!teamId || item.teamId === teamId) &&
          (!mine || item.assignee?.id === people[0]?.id),
      ),
      page,
    ),
  'inbox.count': ({ teaming, people }) => {
    const open = teaming.items.filter(({ state }) => state === 'open');
    return { open: open.length, mine: open.filter(({ assignee }) => assignee?.id === people[0]?.id).length };
  },
  'inbox.get': (world, input: One) => itemOf(world, input),
  'inbox.decide': (world, input: One & { decision: string; contentHash: string; reason: string }) =>
    close(world, input, {
      state: input.decision === 'refuse' ? 'refused' : 'approved',
      ...(input.reason ? { reason: input.reason } : {}),
    }),
  'inbox.answer': (world, input: One & { contentHash: string; answer: string }) =>
    close(world, input, { state: 'answered', answer: input.answer }),
  'inbox.assign': (world, { personId, ...input }: One & { personId: string | null }) => {
    const item = itemOf(world, input);
    const person = world.people.find(({ id }) => id === personId);
    if (person) item.assignee = { id: person.id, name: person.name };
    else delete item.assignee;
    return item;
  },
};

function itemOf({ teaming }: World, { itemId }: One): InboxItemDetail {
  const item = teaming.items.find(({ id }) => id === itemId);
  if (!item) throw new Refused('not-found', 'There is nothing of that kind in this workspace');
  return item;
}

function close(world: World, input: One & { contentHash: string }, changes: Partial<InboxItemDetail>): InboxItemDetail {
  const item = itemOf(world, input);
  if (item.state !== 'open') throw new Refused('refused', 'Somebody else decided it meanwhile');
  if (item.contentHash !== input.contentHash)
    throw new Refused('conflict', 'What is decided about was changed meanwhile: look at it again');
  return Object.assign(item, changes, { decidedAt: ago(0), decidedBy: world.ownName });
}

import type { api } from '@clawster/contract/api';
import type { InputOf } from '@clawster/contract/route';
import type { Starter } from './starters.ts';

/** What has been chosen for the new bot so far. */
export type Draft = {
  targetId?: string;
  connectorId?: string;
  model?: string;
  starterId: string;
  name: string;
  personality: string;
};

export const steps = ['where', 'model', 'identity', 'review', 'progress'] as const;
export type Step = (typeof steps)[number];
export const stepTitles: Record<Step, string> = {
  where: 'Where it runs',
  model: 'Which model it uses',
  identity: 'Who it is',
  review: 'Look it over',
  progress: 'On its way',
};

/** The draft with a starter's text, keeping a name someone already typed. */
export function withStarter(draft: Draft, starter: Starter, previous: Starter | undefined): Draft {
  const ownName = draft.name !== '' && draft.name !== previous?.name;
  return {
    ...draft,
    starterId: starter.id,
    personality: starter.personality,
    name: ownName ? draft.name : starter.name,
  };
}

/** The request that makes the bot: what was not chosen is left to the server's default. */
export function requestOf({ targetId, connectorId, model, name, personality }: Draft): InputOf<typeof api.bots.create> {
  return {
    name,
    personality,
    ...(targetId ? { targetId } : {}),
    ...(connectorId ? { connectorId } : {}),
    ...(model ? { model } : {}),
  };
}

import type { api } from '@clawster/contract/api';
import type { InputOf } from '@clawster/contract/route';
import type { Template, VariableValues } from '@clawster/contract/template';
import { type Starter, starters } from './starters.ts';

/** What has been chosen for the new bot so far. */
export type Draft = {
  targetId?: string;
  connectorId?: string;
  model?: string;
  starterId: string;
  name: string;
  personality: string;
  /** What it is made from, instead of a starter. */
  template?: ChosenTemplate | undefined;
  /** What was answered of what the template asks. */
  answers: VariableValues;
  /** Profiles attached by name, the lowest first. */
  profileIds: string[];
  /** Channels it is given once it is there. */
  channelIds: string[];
};
export type ChosenTemplate = Pick<Template, 'id' | 'name' | 'version'>;

export const steps = ['where', 'model', 'identity', 'review', 'progress'] as const;
export type Step = (typeof steps)[number];
export const stepTitles: Record<Step, string> = {
  where: 'Where it runs',
  model: 'Which model it uses',
  identity: 'Who it is',
  review: 'Look it over',
  progress: 'On its way',
};

/** What the wizard begins with: the template that was asked for; nothing, where there are templates to choose from; else a starter. */
export function firstDraft(templates: readonly Template[], wantedId: string | null): Draft {
  const blank: Draft = { starterId: 'blank', name: '', personality: '', answers: {}, profileIds: [], channelIds: [] };
  const wanted = templates.find(({ id }) => id === wantedId);
  if (wanted) return withTemplate(blank, wanted);
  const [first] = starters;
  return templates.length > 0 || !first ? blank : withStarter(blank, first);
}

/** The draft with a starter's text, keeping a name someone already typed. */
export function withStarter({ template, ...draft }: Draft, starter: Starter): Draft {
  return {
    ...draft,
    starterId: starter.id,
    personality: starter.personality,
    answers: {},
    name: nameFor({ ...draft, ...(template ? { template } : {}) }, starter.name),
  };
}

/** The draft that is made from a template, keeping a name someone already typed. */
export function withTemplate(draft: Draft, { id, name, version }: Template): Draft {
  return {
    ...draft,
    starterId: '',
    personality: '',
    template: { id, name, version },
    answers: {},
    name: nameFor(draft, suggestedName(name)),
  };
}

function nameFor(draft: Draft, suggested: string): string {
  const before = draft.template
    ? suggestedName(draft.template.name)
    : starters.find(({ id }) => id === draft.starterId)?.name;
  return draft.name !== '' && draft.name !== before ? draft.name : suggested;
}

/** A template's name as a bot can have it: "Help desk" is `help-desk`. */
function suggestedName(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40)
    .replace(/-+$/, '');
}

/** The request that makes the bot: what was not chosen is left to the server's default. */
export function requestOf(draft: Draft): InputOf<typeof api.bots.create> {
  const { targetId, connectorId, model, name, personality, template, answers, profileIds } = draft;
  return {
    name,
    personality,
    ...(targetId ? { targetId } : {}),
    ...(connectorId ? { connectorId } : {}),
    ...(model ? { model } : {}),
    ...(template ? { template: { id: template.id, version: template.version, variables: answers } } : {}),
    ...(profileIds.length > 0 ? { profileIds } : {}),
  };
}

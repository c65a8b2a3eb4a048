import type { ListedBot } from '@clawster/contract/bot';
import type { ProposedChange } from '@clawster/contract/configuration';
import type { Profile } from '@clawster/contract/profile';
import type { Template } from '@clawster/contract/template';

export type BotChange = (ProposedChange & { kind: 'bot' })['change'];
export type BulkKind = 'attach' | 'detach' | 'upgrade';
/** What is to be changed of many bots. `templates`: with their newest versions. */
export type BulkAsk =
  | { kind: 'attach' | 'detach'; profile: Pick<Profile, 'id' | 'name'> }
  | { kind: 'upgrade'; templates: Pick<Template, 'id' | 'version'>[] };

/** What is to be changed of one bot, or undefined when it is so already. */
export function changeFor(ask: BulkAsk, { spec: { profileIds, template } }: ListedBot): BotChange | undefined {
  if (ask.kind === 'upgrade') {
    const newest = ask.templates.find(({ id }) => id === template?.id);
    const isOlder = newest && template && template.version < newest.version;
    return isOlder ? { template: { id: newest.id, version: newest.version } } : undefined;
  }
  const { id } = ask.profile;
  const isAttached = profileIds.includes(id);
  if (isAttached === (ask.kind === 'attach')) return undefined;
  return { profileIds: isAttached ? profileIds.filter((other) => other !== id) : [...profileIds, id] };
}

type Words = { title: string; verb: string; /** Why a bot is left out. */ already: string };

export const bulkWords: Record<BulkKind, Words> = {
  attach: { title: 'Attach a profile', verb: 'Attach', already: 'attached already' },
  detach: { title: 'Detach a profile', verb: 'Detach', already: 'not attached by name' },
  upgrade: { title: 'Upgrade template', verb: 'Upgrade', already: 'no newer version of a template' },
};

/** Once it is done, in "3 bots …". */
export function participleOf(ask: BulkAsk): string {
  if (ask.kind === 'upgrade') return 'upgraded';
  return `${ask.kind === 'attach' ? 'given' : 'freed of'} ${ask.profile.name}`;
}

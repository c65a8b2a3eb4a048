import type { Rights } from '@clawster/contract/team';

/** Nothing at all. */
export const noRights: Rights = { capabilities: [], tools: [] };
/** Whatever the one who does it can. */
export const allRights: Rights = { capabilities: 'all', tools: 'all' };

/** What both allow. */
export function commonRights(one: Rights, other: Rights): Rights {
  return {
    capabilities: common(one.capabilities, other.capabilities),
    tools: common(one.tools, other.tools),
  };
}

/** Whether these rights let nothing through that those do not. */
export function isNoMoreThan(these: Rights, those: Rights): boolean {
  return isPart(these.capabilities, those.capabilities) && isPart(these.tools, those.tools);
}

/** Why this may not be asked for with these rights, or undefined when it may: by name it takes one of the capabilities that may be asked for. */
export function whyBeyondRights(
  { capabilities }: Rights,
  asked: { capability?: string | undefined; toName?: string; has: readonly string[] },
): string | undefined {
  if (capabilities === 'all') return undefined;
  if (asked.capability !== undefined)
    return capabilities.includes(asked.capability)
      ? undefined
      : `Whoever this comes from may not ask for ${asked.capability}`;
  return asked.has.some((one) => capabilities.includes(one))
    ? undefined
    : `Whoever this comes from may not ask for anything that ${asked.toName ?? 'this bot'} does`;
}

type Some = readonly string[] | 'all';

function common(one: Some, other: Some): string[] | 'all' {
  if (one === 'all') return other === 'all' ? 'all' : [...other];
  return other === 'all' ? [...one] : one.filter((each) => other.includes(each));
}

function isPart(these: Some, those: Some): boolean {
  return those === 'all' || (these !== 'all' && these.every((each) => those.includes(each)));
}

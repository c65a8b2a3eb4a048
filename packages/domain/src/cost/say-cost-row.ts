import type { CostGroup, CostRow } from '@clawster/contract/cost';

const withoutKey: Record<Exclude<CostRow['kind'], 'group'>, (key: string) => string> = {
  none: () => 'Without one',
  infrastructure: () => 'Infrastructure',
  idle: () => 'Targets without bots',
  rest: (key) => (key ? `${key} more` : 'All others'),
};

/** What a row of costs stands for, in words; what has an id and no name is gone, but for a team, whose lead may be out of reach. */
export function sayCostRow({ kind, key, name }: Pick<CostRow, 'kind' | 'key' | 'name'>, group: CostGroup): string {
  if (kind === 'none' && group === 'team') return 'In no team';
  if (kind !== 'group') return withoutKey[kind](key);
  if (group === 'team') return name ?? `A team you do not see (${key.slice(0, 8)})`;
  return name ?? (/^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key) ? `Gone (${key.slice(0, 8)})` : key);
}

/** How an amount changed against the one before it, in a few words. */
export function sayChange(now: number, before: number): string {
  if (before === 0) return now === 0 ? 'as before' : 'new';
  const percent = Math.round((now / before - 1) * 100);
  if (percent === 0) return 'as before';
  return percent > 0 ? `+${percent.toLocaleString('en-US')}%` : `−${-percent}%`;
}

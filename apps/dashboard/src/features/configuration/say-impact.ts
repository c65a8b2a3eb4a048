import type { Impact } from '@clawster/contract/configuration';
import { count } from '../../lib/time.ts';

/** "3 bots have it: 2 change at once, 1 could not take it over." */
export function sayImpact({ concerned, changed, hot, restart, refused }: Impact): string {
  if (concerned === 0) return 'It concerns no bot now.';
  const parts = [
    ...(hot > 0 ? [`${count(hot, 'changes', 'change')} at once`] : []),
    ...(restart > 0 ? [`${count(restart, 'changes', 'change')} by a restart`] : []),
    ...(refused > 0 ? [`${refused} could not take it over`] : []),
    ...(changed + refused === 0 ? ['nothing changes'] : []),
  ];
  return `It concerns ${count(concerned, 'bot')}: ${parts.join(', ')}.`;
}

import type { SecretImpact } from '@clawster/contract/rotation';
import { count } from '../../lib/time.ts';

/** What another value brings about, a sentence for each thing that matters. */
export function sayImpact({ uses, counts, bots }: SecretImpact): string[] {
  if (uses.length === 0) return ['Nothing uses it: no bot is touched.'];
  const names = [...new Set(uses.map(({ name }) => name))];
  const waves = new Set(bots.map(({ wave }) => wave)).size;
  const interruptions = [...new Set(bots.filter(({ running }) => running).map(({ interruption }) => interruption))];
  return [
    `It is used by ${names.join(', ')}.`,
    counts.bots === 0
      ? 'No bot has it now.'
      : `${count(counts.bots, 'bot has', 'bots have')} it, ${counts.running} of them running.`,
    ...(counts.hot > 0 ? [`${count(counts.hot, 'bot takes', 'bots take')} it over without a restart.`] : []),
    ...(counts.restart > 0 ? [`${count(counts.restart, 'bot restarts', 'bots restart')}.`] : []),
    ...(waves > 1 ? [`They get it in ${waves} waves: the next one follows when the one before has proven it.`] : []),
    ...interruptions
      .slice(0, 3)
      .map((text) => `Interruption: ${text[0]?.toLowerCase()}${text.slice(1).replace(': ', '; ')}.`),
  ];
}

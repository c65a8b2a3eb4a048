import type { Revision } from '@clawster/contract/revision';

/** What a bot is to be and could not become, and the newest revision before it that ran well, if there is one. */
export type Bad = { bad: Revision; good: Revision | undefined };

/** Whether what a bot is to be now was found bad. `revisions`: the newest first. */
export function badOf(revisions: readonly Revision[]): Bad | undefined {
  const bad = revisions.find(({ current }) => current);
  if (bad?.verdict !== 'bad') return undefined;
  return { bad, good: revisions.find(({ verdict, number }) => verdict === 'good' && number < bad.number) };
}

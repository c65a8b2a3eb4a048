import type { AuditCheckpoint } from '@clawster/contract/audit';

/** What a checkpoint that was kept outside shows: the trail ends before it, or is another up to it. */
export type Difference = {
  kind: 'tail-cut' | 'rewritten' | 'key-replaced';
  sentence: string;
  /** The last kept seal that is still as it was; 0: none of those that were kept. */
  agreesUpTo: number;
  /** The first kept seal that is not. */
  differsAt: number;
};

type SealOf = (number: number) => Promise<AuditCheckpoint | undefined>;

/**
 * Holds what was kept outside, oldest first, against the trail as it is now; undefined when it goes on from the last.
 * Asks for few seals only: since each seals all before it, where the trail parted is found by halving.
 */
export async function compareCheckpoints(kept: AuditCheckpoint[], sealOf: SealOf): Promise<Difference | undefined> {
  const last = kept.at(-1);
  if (!last) return undefined;
  const now = await sealOf(last.number);
  if (now?.hash === last.hash && now.keyId === last.keyId) return undefined;

  let [agreeing, differing] = [-1, kept.length - 1];
  while (differing - agreeing > 1) {
    const middle = Math.floor((agreeing + differing) / 2);
    const one = kept[middle] as AuditCheckpoint;
    if ((await sealOf(one.number))?.hash === one.hash) agreeing = middle;
    else differing = middle;
  }
  const first = kept[differing] as AuditCheckpoint;
  const agreesUpTo = kept[agreeing]?.number ?? 0;
  const there = await sealOf(first.number);
  return { ...sayDifference(first, there, kept[agreeing]), agreesUpTo, differsAt: first.number };
}

function sayDifference(
  kept: AuditCheckpoint,
  now: AuditCheckpoint | undefined,
  agreeing: AuditCheckpoint | undefined,
): Pick<Difference, 'kind' | 'sentence'> {
  const since = agreeing
    ? `after seal ${agreeing.number}, which covers up to event ${agreeing.lastEvent}`
    : 'from its beginning on';
  const was = `Seal ${kept.number}, kept outside and made ${kept.at} of events up to ${kept.lastEvent},`;
  if (!now)
    return { kind: 'tail-cut', sentence: `${was} is not in the trail any more: the trail was cut off ${since}` };
  if (now.keyId !== kept.keyId)
    return {
      kind: 'key-replaced',
      sentence: `${was} was signed with the key ${kept.keyId}, but the one in the trail with ${now.keyId}: the key was replaced and the trail made anew ${since}`,
    };
  return {
    kind: 'rewritten',
    sentence: `${was} is another in the trail: the trail was put back to an earlier state, or rewritten, ${since}`,
  };
}

import { setTimeout as sleep } from 'node:timers/promises';
import { whyOvertaken } from '@clawster/control-plane/installation/overtaken';
import type { LoopRunner } from '@clawster/control-plane/loops/run-loops';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { whyNotThisVersion } from '@clawster/control-plane/system/schema-version';
import { isDatabaseAway } from '@clawster/database/away';
import type { WhyNotReady } from './http/health.ts';

/** Whoever asks whether we are ready does not wait longer. */
const databaseMs = 2_000;

/** Says whether this replica can do its work: it is not stopping, its database answers with this version's tables, its loops run, and no newer copy took its place. */
export function readiness(
  plane: Pick<ControlPlane, 'db'>,
  { loops, isStopping }: { loops: Pick<LoopRunner, 'stuck'>; isStopping: () => boolean },
): WhyNotReady {
  return async () => {
    if (isStopping()) return ['It is stopping'];
    const stuck = loops.stuck().map((name) => `The loop ${name} has not ended a pass for minutes`);
    const late = sleep(databaseMs, 'late' as const, { ref: false });
    const database = await Promise.race([late, whyNot(plane).catch(sentenceOf)]);
    if (database === 'late') return [...stuck, `The database did not answer within ${databaseMs / 1000} s`];
    return database ? [database, ...stuck] : stuck;
  };
}

/** One that a newer copy has overtaken could work, and must not: a load balancer sends people to the newer. */
async function whyNot(plane: Pick<ControlPlane, 'db'>): Promise<string | undefined> {
  return (await whyNotThisVersion(plane)) ?? (await whyOvertaken(plane));
}

function sentenceOf(error: unknown): string {
  return isDatabaseAway(error) ? 'The database cannot be reached' : 'The database cannot be read';
}

/** One life of a gateway, as it told itself: from its start to its end, or to the last sign of life before it was killed. */
export type Run = { bot: string; pid: number; from: number; to: number };

/** A line of the gateways' own log. */
export type RunLine = { bot: string; pid: number; at: number; what: 'start' | 'alive' | 'end' };

export function runsOf(lines: RunLine[]): Run[] {
  const runs: Run[] = [];
  // The number of a process is given out again one day: the latest life under it is meant.
  const latest = new Map<string, Run>();
  for (const { bot, pid, at, what } of lines) {
    const known = what === 'start' ? undefined : latest.get(`${bot} ${pid}`);
    if (known) known.to = Math.max(known.to, at);
    else {
      const run = { bot, pid, from: at, to: at };
      runs.push(run);
      latest.set(`${bot} ${pid}`, run);
    }
  }
  return runs;
}

/** R5: at most one live instance of a bot at any time. */
export function doubledRuns(runs: Run[]): string[] {
  const wrong: string[] = [];
  for (const [bot, own] of Map.groupBy(runs, (run) => run.bot)) {
    const inOrder = own.toSorted((a, b) => a.from - b.from);
    let latest = inOrder[0];
    for (const run of inOrder.slice(1)) {
      if (latest && run.from < latest.to)
        wrong.push(`${bot}: ${latest.pid} ran until ${latest.to}, ${run.pid} began ${latest.to - run.from} ms before`);
      if (!latest || run.to > latest.to) latest = run;
    }
  }
  return wrong;
}

/** R3: what runs is what should, and what is told of it is true. `live` counts the processes of each bot. */
export function unsettled(
  bots: { id: string; name: string; desired: string; phase: string }[],
  live: ReadonlyMap<string, number>,
): string[] {
  return bots.flatMap(({ id, name, desired, phase }) => {
    const count = live.get(id) ?? 0;
    const told = desired === 'running' ? 'ready' : desired;
    const wrong = [];
    if (phase !== told) wrong.push(`${name}: should be ${told}, is told to be ${phase}`);
    if (desired === 'running' && count !== 1) wrong.push(`${name}: should run once, and ${count} gateways run`);
    if (desired === 'paused' && count > 1) wrong.push(`${name}: is paused, and ${count} gateways run`);
    if (['stopped', 'destroyed'].includes(desired) && count > 0)
      wrong.push(`${name}: is ${desired}, and ${count} gateways run`);
    return wrong;
  });
}

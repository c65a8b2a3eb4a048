/** A time in which nothing a bot said could arrive. */
export type Silence = { bot: string; from: number; to: number };
/** What was told of a bot when somebody asked. */
export type Sighting = { bot: string; at: number; phase: string };

/** Phases that claim something was heard lately. */
const claims = new Set(['ready', 'degraded']);

/** R9: a status older than its deadline reads unknown. `withinMs` is the deadline with what a look may take. */
export function staleClaims(sightings: Sighting[], silences: Silence[], withinMs: number): string[] {
  return silences.flatMap(({ bot, from, to }) =>
    sightings
      .filter((one) => one.bot === bot && one.at > from + withinMs && one.at < to && claims.has(one.phase))
      .map(({ at, phase }) => `${bot}: told to be ${phase} after ${((at - from) / 1000).toFixed(1)} s of silence`),
  );
}

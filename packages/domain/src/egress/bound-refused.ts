import type { RefusedEgress } from '@clawster/target/egress';
import { addRefused } from '@clawster/target/refused';

/** A bot that tries everything is told of by so many places an hour; what follows is counted together. */
const placesMax = 50;
const placeCharactersMax = 260;
const otherPlaces = 'other places';

/**
 * What was refused, each bot and place once: places that are new in this hour, and those `known` already. However much a bot
 * tries, it comes to a bounded number of places.
 */
export function boundRefused(
  refused: readonly RefusedEgress[],
  known: ReadonlyMap<string, readonly string[]>,
): { fresh: RefusedEgress[]; again: RefusedEgress[] } {
  const seen = new Map([...known].map(([botId, places]) => [botId, new Set(places)]));
  const together = new Map<string, RefusedEgress>();
  for (const one of refused) {
    const places = seen.get(one.botId) ?? new Set();
    seen.set(one.botId, places);
    const asked = oneLine(one.place);
    const place = places.has(asked) || places.size < placesMax ? asked : otherPlaces;
    places.add(place);
    const key = `${one.botId} ${place}`;
    together.set(key, addRefused(together.get(key), { ...one, place }));
  }
  const all = [...together.values()];
  const isKnown = ({ botId, place }: RefusedEgress) => known.get(botId)?.includes(place) ?? false;
  return { fresh: all.filter((one) => !isKnown(one)), again: all.filter(isKnown) };
}

/** As it can be kept and shown: what a bot asks for is whatever it likes. */
function oneLine(place: string): string {
  return place.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, placeCharactersMax) || '?';
}

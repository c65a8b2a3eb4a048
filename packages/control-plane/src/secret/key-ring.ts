import { randomBytes } from 'node:crypto';
import type { KeyDriver } from './key-driver.ts';
import type { HeldKey, KeyWrapper } from './key-wrapper.ts';
import { UnwrapCache } from './unwrap-cache.ts';

/** How long it is believed that a key can be used, or cannot. */
const lookedMs = 15_000;

/** One key that wraps, and former ones that open what is still under them. */
export function keyRing(
  { current, former = [] }: { current: KeyDriver; former?: readonly KeyDriver[] },
  now: () => number = () => performance.now(),
): KeyWrapper {
  const cache = new UnwrapCache(now);
  const drivers = [current, ...former];
  const look = looker(drivers, current, now);
  return {
    get id() {
      return current.id;
    },
    wrap: (dataKey, boundTo) => current.wrap(dataKey, boundTo),
    async unwrap(kekId, wrapped, boundTo) {
      const driver = drivers.find((one) => one.holds(kekId));
      if (!driver) throw new Error(missing(kekId, drivers));
      const unwrap = () => driver.unwrap({ kekId, wrapped }, boundTo);
      // A file is not asked over a network.
      return driver.kind === 'file' ? unwrap() : cache.open({ kekId, wrapped }, boundTo, unwrap);
    },
    holds: (kekId) => drivers.some((one) => one.holds(kekId)),
    look,
    forget: () => cache.clear(),
  };
}

/** Says what was seen last and looks anew behind it: a service that is away holds up nobody who only asks. */
function looker(drivers: readonly KeyDriver[], current: KeyDriver, now: () => number): () => Promise<HeldKey[]> {
  let seen: { at: number; keys: Promise<HeldKey[]> } | undefined;
  let looking: Promise<HeldKey[]> | undefined;
  const lookAnew = () =>
    (looking ??= Promise.all(drivers.map((one) => lookAt(one, one === current))).finally(() => {
      seen = looking && { at: now(), keys: looking };
      looking = undefined;
    }));
  return () => {
    if (!seen) return lookAnew();
    if (now() - seen.at > lookedMs) void lookAnew();
    return seen.keys;
  };
}

function missing(kekId: string, held: readonly KeyDriver[]): string {
  const ids = held.map(({ id }) => id).join(', ');
  return kekId.startsWith('file:')
    ? `The secrets were encrypted with the key ${kekId}, but this server holds ${ids}. Put the right key file back.`
    : `The secrets were encrypted with the key ${kekId}, but this server holds ${ids}. Name that key in CLAWSTER_KEY or CLAWSTER_FORMER_KEYS.`;
}

/** Uses the key once on nothing: whatever keeps it from opening secrets shows, and its newest version is learnt. */
async function lookAt(driver: KeyDriver, isCurrent: boolean): Promise<HeldKey> {
  const place = 'installation:look';
  const trouble = await driver
    .wrap(randomBytes(32), place)
    .then((wrapped) => driver.unwrap(wrapped, place))
    .then(
      () => undefined,
      (error: Error) => error.message,
    );
  const { kind, id } = driver;
  return { kind, id, isCurrent, holds: (kekId) => driver.holds(kekId), lookedAt: new Date(), trouble };
}

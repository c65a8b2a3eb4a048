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
  let looked: { at: number; keys: Promise<HeldKey[]> } | undefined;
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
    look() {
      if (!looked || now() - looked.at > lookedMs)
        looked = { at: now(), keys: Promise.all(drivers.map((one) => lookAt(one, one === current))) };
      return looked.keys;
    },
    forget: () => cache.clear(),
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

import type { Scanner } from '@clawster/link/scan/scanner';
import type { ControlPlane } from '../plane.ts';
import { seenIn, type SeenPlace } from './seen-place.ts';
import type { Sought } from './sought.ts';

/** A request must fit a frame of the link: so many fingerprints do, several times over. */
const fingerprintsAtOnceMax = 8_000;
/** A bot with a full disk on a slow one takes its time. */
const timeoutMs = 60 * 60_000;

export type BotScan = { botId: string; sought: Sought; scanner: Scanner; signal: AbortSignal };

/** Has a bot's supervisor look through its host; throws a Refusal with why when it does not. */
export async function scanBot(
  { links }: Pick<ControlPlane, 'links'>,
  { botId, sought, scanner, signal }: BotScan,
): Promise<SeenPlace> {
  const { salt, fingerprints } = sought;
  const places: SeenPlace[] = [];
  for (let at = 0; at < fingerprints.length; at += fingerprintsAtOnceMax) {
    const params = { salt, fingerprints: fingerprints.slice(at, at + fingerprintsAtOnceMax) };
    const report = await links.request(botId, { method: 'secrets.scan', params }, { signal, timeoutMs });
    places.push(seenIn(report, sought, scanner));
  }
  return {
    seen: places.flatMap(({ seen }) => seen),
    counts: places[0]?.counts ?? { files: 0, bytes: 0, rows: 0 },
    skipped: places[0]?.skipped ?? [],
    skippedMore: places[0]?.skippedMore ?? 0,
  };
}

import type { FindingPart, FoundForm } from '@clawster/contract/finding';
import { maskFound, type ScanReport } from '@clawster/link/scan/scan';
import type { Scanner } from '@clawster/link/scan/scanner';
import type { Sought, SoughtName } from './sought.ts';

/** A bot, the database, or one server: what is looked through as a whole. */
export type ScannedPlace =
  | { kind: 'bot'; botId: string; botName: string }
  | { kind: 'database' }
  | { kind: 'server'; host: string };

/** A secret that was seen at a place. */
export type Seen = {
  sought: SoughtName;
  form: FoundForm;
  packed: boolean;
  part: FindingPart;
  place: string;
  line?: number | undefined;
  row?: string | undefined;
  times: number;
};

/** All that a look at one place has come to. */
export type SeenPlace = {
  seen: Seen[];
  counts: { files: number; bytes: number; rows: number };
  skipped: { place: string; why: string }[];
  skippedMore: number;
};

const placeLengthMax = 500;

/** What a host tells, taken with care: only of what was sought, and no secret in the name of a place. */
export function seenIn(report: ScanReport, { names }: Sought, scanner: Scanner): SeenPlace {
  const told = (text: string) => maskFound(scanner, text.slice(0, placeLengthMax)).slice(0, placeLengthMax);
  const { files, bytes, skipped, skippedMore } = report;
  return {
    seen: report.findings.flatMap(({ secretId, version, where, place, ...finding }) => {
      const sought = names.get(secretId);
      return sought?.version === version ? [{ ...finding, sought, part: where, place: told(place) }] : [];
    }),
    counts: { files, bytes, rows: 0 },
    skipped: skipped.map(({ place, why }) => ({ place: told(place), why: told(why) })),
    skippedMore,
  };
}

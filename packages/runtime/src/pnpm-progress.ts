import type { InstallProgress } from './store.ts';

/** Downloading is the long part; linking follows. Their shares of the whole. */
const downloadShare = 0.75;
const linkShare = 0.25;
/** Of the download: OpenClaw's own package is two fifths of all bytes, and one of hundreds of packages. */
const largestShare = 0.4;

type Line = {
  name?: string;
  level?: string;
  status?: string;
  packageId?: string;
  attempt?: number;
  size?: number;
  downloaded?: number;
};

/**
 * Follows pnpm's ndjson report. A line becomes progress, `noise`, or undefined when it is worth keeping
 * because it may explain a failure.
 */
export function pnpmProgress(
  label: string,
  packageCount: number,
): (line: string) => InstallProgress | 'noise' | undefined {
  const count = { skipped: 0, fetched: 0, imported: 0 };
  const largest = { size: 0, downloaded: 0, packageId: '' };
  return (text) => {
    const line = parse(text);
    // A retry tells why the registry could not be reached, which the last error may not.
    if (line === undefined || line.name === 'pnpm:request-retry' || line.level === 'error' || line.level === 'warn')
      return undefined;
    if (!takeIn(line, count, largest)) return 'noise';
    return describe(label, Math.max(1, packageCount - count.skipped), { count, largest });
  };
}

function parse(text: string): Line | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

type Count = { skipped: number; fetched: number; imported: number };
type Largest = { size: number; downloaded: number; packageId: string };

function takeIn(line: Line, count: Count, largest: Largest): boolean {
  if (line.name === 'pnpm:skipped-optional-dependency') count.skipped++;
  else if (line.name === 'pnpm:progress' && line.status === 'imported') count.imported++;
  else if (line.name === 'pnpm:progress' && (line.status === 'fetched' || line.status === 'found_in_store')) {
    count.fetched++;
    if (line.packageId === largest.packageId) largest.downloaded = largest.size;
  } else if (line.name === 'pnpm:fetching-progress') return takeInDownload(line, largest);
  else return false;
  return true;
}

function takeInDownload(line: Line, largest: Largest): boolean {
  if (line.status === 'started' && (line.size ?? 0) > largest.size) {
    Object.assign(largest, { size: line.size, downloaded: 0, packageId: line.packageId });
    return true;
  }
  if (line.packageId !== largest.packageId || line.downloaded === undefined) return false;
  largest.downloaded = line.downloaded;
  return true;
}

function describe(
  label: string,
  total: number,
  { count, largest }: { count: Count; largest: Largest },
): InstallProgress {
  const fetched = Math.min(1, count.fetched / total);
  const imported = Math.min(1, count.imported / total);
  const downloaded = largest.size === 0 ? fetched : largest.downloaded / largest.size;
  const progress = downloadShare * ((1 - largestShare) * fetched + largestShare * downloaded) + linkShare * imported;
  if (fetched === 1)
    return { progress, message: `Putting ${label} in place: ${Math.min(count.imported, total)} of ${total} packages` };
  const megabytes = (bytes: number) => Math.round(bytes / 1e6);
  const waitsForLargest = fetched > 0.95 && largest.size > 5e6;
  const what = waitsForLargest
    ? `${megabytes(largest.downloaded)} of ${megabytes(largest.size)} MB of ${largest.packageId.replace(/@[^@]*$/, '')}`
    : `${count.fetched} of ${total} packages`;
  return { progress, message: `Downloading ${label}: ${what}` };
}

import type { Scan } from '@clawster/contract/scan';
import { bytes, count } from '../../lib/time.ts';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';

/** How old the last scan is or how far the one that goes on, and what was not looked through. */
export function LastScan({ scan }: { scan: Scan | undefined }) {
  if (!scan) return <p className="text-sm text-muted">Never scanned yet. The first scan is a day after set-up.</p>;
  return (
    <div className="space-y-2 text-sm" aria-live="polite">
      <p>
        <State scan={scan} />
      </p>
      {scan.endedAt ? null : (
        <Progress label="Scan" value={scan.bots.all === 0 ? undefined : scan.bots.scanned / scan.bots.all} />
      )}
      <NotLookedAt scan={scan} />
    </div>
  );
}

function State({ scan }: { scan: Scan }) {
  const { phase, endedAt, bots, files, rows, secrets, reason } = scan;
  if (phase === 'waiting') return <>The scan waits for its turn.</>;
  const looked = `${bots.scanned} of ${count(bots.all, 'bot')}, ${count(files, 'file')} (${bytes(scan.bytes)}) and ${count(rows, 'row')} of the database`;
  if (!endedAt)
    return (
      <>
        Looking for {count(secrets, 'value')}: {looked} so far.
      </>
    );
  if (phase === 'failed')
    return (
      <span className="text-bad">
        ✕ The last scan failed <Time at={endedAt} />. {reason}.
      </span>
    );
  return (
    <>
      Last scan <Time at={endedAt} /> for {count(secrets, 'value')}: {looked}.
    </>
  );
}

function NotLookedAt({ scan: { trouble, troubleMore, tooShort } }: { scan: Scan }) {
  const places = trouble.length + troubleMore;
  return (
    <>
      {places > 0 ? (
        <details>
          <summary className="cursor-pointer text-warn">⚠ {count(places, 'place')} could not be looked at</summary>
          <ul className="mt-1 list-disc space-y-1 pl-5 text-muted">
            {trouble.map(({ place, why }, at) => (
              <li key={at} className="break-words">
                {place}: {why}
              </li>
            ))}
            {troubleMore > 0 ? <li>and {troubleMore.toLocaleString('en')} more</li> : null}
          </ul>
        </details>
      ) : null}
      {tooShort.length > 0 ? (
        <p className="text-muted">Too short to be looked for as they are: {tooShort.join(', ')}.</p>
      ) : null}
    </>
  );
}

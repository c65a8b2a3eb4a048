'use client';

import type { Signal } from '@clawster/contract/health';
import { exactTime, roughly } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { SignalWord } from './verdict.tsx';

/** Each signal: how it is, what was seen, how long ago, and for how long that counts. */
export function SignalTable({ signals }: { signals: readonly Signal[] }) {
  return (
    <div className="overflow-x-auto" role="region" aria-label="Signals of the bot" tabIndex={0}>
      <table className="w-full min-w-160 text-left text-sm">
        <thead className="text-muted">
          <tr className="border-b border-line">
            {['Signal', 'State', 'Seen', 'Age', 'Counts for'].map((name) => (
              <th key={name} scope="col" className="px-4 py-2 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {signals.map(({ kind, label, state, text, at, deadlineSeconds, fix }) => (
            <tr key={kind + label} className="align-top">
              <th scope="row" className="px-4 py-2.5 font-medium whitespace-nowrap">
                {label}
              </th>
              <td className="px-4 py-2.5 whitespace-nowrap">
                <SignalWord state={state} />
              </td>
              <td className="px-4 py-2.5">
                {text}
                {fix ? <span className="block text-muted">{fix}.</span> : null}
              </td>
              <td className="px-4 py-2.5 whitespace-nowrap text-muted">{at ? <Age at={at} /> : 'never'}</td>
              <td className="px-4 py-2.5 whitespace-nowrap text-muted">{roughly(deadlineSeconds * 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Ticks: whether a signal still counts is a matter of seconds. */
function Age({ at }: { at: string }) {
  const now = useNow(1_000);
  return (
    <time dateTime={at} title={exactTime(at)} className="tabular-nums" suppressHydrationWarning>
      {roughly(now - new Date(at).getTime())}
    </time>
  );
}

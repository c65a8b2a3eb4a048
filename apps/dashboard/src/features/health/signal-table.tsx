import type { Signal } from '@clawster/contract/health';
import { duration } from '../../lib/time.ts';
import { Time } from '../../ui/time.tsx';
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
              <td className="px-4 py-2.5 whitespace-nowrap text-muted">{at ? <Time at={at} /> : 'never'}</td>
              <td className="px-4 py-2.5 whitespace-nowrap text-muted">{duration(deadlineSeconds * 1000)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

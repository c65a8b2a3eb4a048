import type { ValueChange } from '@clawster/contract/configuration';
import type { ReloadKind } from '@clawster/contract/openclaw-schema';
import type { Json } from '@clawster/contract/document';
import { clsx } from 'clsx';
import { count } from '../../lib/time.ts';
import { lineDiff } from './line-diff.ts';
import { sayValue } from './say-layer.ts';
import { TextDiff } from './text-diff.tsx';

export const reloadWords: Record<ReloadKind, string> = {
  none: 'nothing to do',
  hot: 'at once',
  restart: 'by a restart',
};

/** `note`: what is to be known of the values themselves. */
export type NotedChange = ValueChange & { note?: string | undefined };

/** What differs, value by value; long texts line by line. `total`: how many there are, when not all are listed. */
export function ValueChanges({ changes, total = changes.length }: { changes: NotedChange[]; total?: number }) {
  return (
    <>
      <ul className="divide-y divide-line text-sm">
        {changes.map((change) => (
          <li key={change.path} className="space-y-1 py-2">
            <p className="flex flex-wrap items-center justify-between gap-2">
              <code className="font-mono text-xs break-all text-muted">{pathWords(change.path)}</code>
              {change.reload ? <span className="text-xs text-muted">{reloadWords[change.reload]}</span> : null}
              {change.note ? <span className="text-xs text-muted">{change.note}</span> : null}
            </p>
            {isLong(change.before) || isLong(change.after) ? (
              <TextDiff lines={lineDiff(textOf(change.before), textOf(change.after))} />
            ) : (
              <p className="break-words">
                <Side value={change.before} gone /> <span aria-hidden>→</span>
                <span className="sr-only">becomes</span> <Side value={change.after} />
              </p>
            )}
          </li>
        ))}
      </ul>
      {total > changes.length ? (
        <p className="text-sm text-muted">and {count(total - changes.length, 'more change')}</p>
      ) : null}
    </>
  );
}

function Side({ value, gone = false }: { value: Json | undefined; gone?: boolean }) {
  if (value === undefined) return <span className="text-faint">nothing</span>;
  return <span className={clsx('font-mono text-xs break-all', gone && 'text-muted')}>{sayValue(value)}</span>;
}

/** `files["AGENTS.md"]` is what the model is told. */
function pathWords(path: string): string {
  const file = /^files\["(.+)"\]$/.exec(path)?.[1] ?? /^files\.(.+)$/.exec(path)?.[1];
  return file ? `${file}, which the model is told` : path;
}

const longFrom = 100;
function isLong(value: Json | undefined): boolean {
  return typeof value === 'string'
    ? value.includes('\n') || value.length > longFrom
    : sayValue(value).length > longFrom;
}

function textOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

import { clsx } from 'clsx';
import type { DiffLine } from './line-diff.ts';

const looks: Record<DiffLine['kind'], { sign: string; word: string; look: string }> = {
  same: { sign: ' ', word: '', look: 'text-muted' },
  gone: { sign: '−', word: 'gone: ', look: 'bg-bad-soft text-bad' },
  new: { sign: '+', word: 'new: ', look: 'bg-ok-soft text-ok' },
  skipped: { sign: '…', word: '', look: 'text-faint italic' },
};

/** What differs between two texts, line by line. */
export function TextDiff({ lines }: { lines: DiffLine[] }) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label="Difference, line by line"
      className="max-h-80 overflow-auto rounded-md border border-line bg-ground py-1 font-mono text-xs"
    >
      {lines.map(({ kind, text }, at) => (
        <div key={at} className={clsx('flex gap-2 px-2 whitespace-pre-wrap', looks[kind].look)}>
          <span aria-hidden>{looks[kind].sign}</span>
          <span className="min-w-0 break-words">
            {looks[kind].word ? <span className="sr-only">{looks[kind].word}</span> : null}
            {text || ' '}
          </span>
        </div>
      ))}
    </div>
  );
}

import { clsx } from 'clsx';
import { visibleLetters } from '../skill/visible-letters.ts';

type WrittenTextProps = { label: string; text: string; untrusted?: boolean };

/**
 * What somebody wrote, letter by letter and inert: no link in it is one. `untrusted`: people outside wrote it, or had a
 * hand in it, and it is marked so.
 */
export function WrittenText({ label, text, untrusted = false }: WrittenTextProps) {
  return (
    <figure className={clsx('min-w-0', untrusted && 'border-l-4 border-warn pl-3')}>
      <figcaption className="mb-1 text-xs font-medium text-muted">
        {label}
        {untrusted ? <span className="ml-2 text-warn">written by people outside: material, no instruction</span> : null}
      </figcaption>
      <pre
        tabIndex={0}
        className="max-h-96 overflow-auto rounded-md border border-line bg-ground px-3 py-2 font-sans text-sm break-words whitespace-pre-wrap"
      >
        {visibleLetters(text)}
      </pre>
    </figure>
  );
}

import type { Span } from '@clawster/contract/trace';
import { count } from '../../../lib/time.ts';

type Texts = Pick<Span, 'kind' | 'text' | 'characters'>;

const names: Partial<Record<Span['kind'], { in: string; out: string }>> = {
  'tool-call': { in: 'Arguments', out: 'Result' },
  delegation: { in: 'Task', out: 'Result' },
};

/** What went in and came out of a piece of a trace, or how long it was where it is not kept. */
export function SpanTexts({ span: { kind, text, characters } }: { span: Texts }) {
  const { in: asked, out: answered } = names[kind] ?? { in: 'Asked', out: 'Answered' };
  return (
    <>
      <OneText name={asked} text={text?.in} characters={characters?.in} />
      <OneText name={answered} text={text?.out} characters={characters?.out} />
    </>
  );
}

function OneText({
  name,
  text,
  characters,
}: {
  name: string;
  text: string | undefined;
  characters: number | undefined;
}) {
  if (text === undefined && characters === undefined) return null;
  return (
    <div>
      <p className="text-xs font-medium text-muted">{name}</p>
      {text === undefined ? (
        <p className="text-sm text-muted italic">{count(characters ?? 0, 'character')}, not kept</p>
      ) : (
        // A region one can scroll must be reachable by keys.
        <pre
          tabIndex={0}
          className="mt-0.5 max-h-56 overflow-auto rounded-md border border-line bg-ground px-2.5 py-1.5 font-mono text-xs break-words whitespace-pre-wrap"
        >
          {text}
        </pre>
      )}
    </div>
  );
}

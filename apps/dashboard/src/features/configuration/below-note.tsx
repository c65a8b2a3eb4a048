import { sayLayer, sayValue } from './say-layer.ts';
import type { Below } from './value-below.ts';

type BelowNoteProps = {
  below: Below | undefined;
  /** What is written here; null takes away what is below. */
  own: unknown;
  onChange: (own: null | undefined) => void;
};

/** Where a value comes from when nothing is written here, and the way to do without it. */
export function BelowNote({ below, own, onChange }: BelowNoteProps) {
  const link = 'text-accent underline underline-offset-2';
  if (below?.lockedBy) return <>Locked by {sayLayer(below.lockedBy)}: change it there.</>;
  if (own === null)
    return (
      <>
        Taken away here, whatever the layers below say.{' '}
        <button type="button" className={link} onClick={() => onChange(undefined)}>
          Leave it to them
        </button>
      </>
    );
  if (!below?.from || below.value === undefined) return null;
  const origin = `from ${sayLayer(below.from)}`;
  if (own !== undefined)
    return (
      <>
        In the place of what comes {origin}: {short(sayValue(below.value))}
      </>
    );
  return (
    <>
      Comes {origin}.{' '}
      <button type="button" className={link} onClick={() => onChange(null)}>
        Do without it
      </button>
    </>
  );
}

const shownMax = 80;
function short(text: string): string {
  return text.length > shownMax ? `${text.slice(0, shownMax)}…` : text;
}

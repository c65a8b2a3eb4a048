import type { ReactNode } from 'react';

type Tone = 'ok' | 'warn' | 'bad' | 'off';
type Shape = 'disc' | 'triangle' | 'square' | 'bars' | 'cross' | 'ring' | 'question' | 'gone';
export type Look = { word: string; tone: Tone; shape: Shape; moving?: true };

const toneText: Record<Tone, string> = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', off: 'text-off' };
const toneSoft: Record<Tone, string> = {
  ok: 'bg-ok-soft',
  warn: 'bg-warn-soft',
  bad: 'bg-bad-soft',
  off: 'bg-off-soft',
};

type StateWordProps = { look: Look; phase?: string; pill?: boolean };

/** How something is: a word, a shape and a colour, so that none stands alone. */
export function StateWord({ look: { word, tone, shape, moving }, phase, pill = false }: StateWordProps) {
  return (
    <span
      data-phase={phase}
      className={`inline-flex items-center gap-1.5 text-sm font-medium ${toneText[tone]} ${pill ? `rounded-full px-2.5 py-0.5 ${toneSoft[tone]}` : ''}`}
    >
      <Glyph shape={shape} moving={moving} />
      {word}
    </span>
  );
}

function Glyph({ shape, moving }: { shape: Shape; moving: true | undefined }) {
  return (
    <svg viewBox="0 0 12 12" className={`size-3 shrink-0 ${moving ? 'animate-spin' : ''}`} aria-hidden>
      {glyphs[shape]}
    </svg>
  );
}

const glyphs: Record<Shape, ReactNode> = {
  disc: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  triangle: <path d="M6 1.2 11.4 10.8H.6Z" fill="currentColor" />,
  square: <rect x="2" y="2" width="8" height="8" rx="1.5" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  bars: <path d="M3.8 2v8M8.2 2v8" stroke="currentColor" strokeWidth="2.2" strokeLinecap="round" />,
  gone: (
    <rect
      x="2"
      y="2"
      width="8"
      height="8"
      rx="1.5"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.2"
      strokeDasharray="2 1.6"
    />
  ),
  cross: <path d="M2.2 2.2 9.8 9.8M9.8 2.2 2.2 9.8" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />,
  ring: <path d="M6 1.5A4.5 4.5 0 1 1 1.5 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  question: (
    <>
      <circle cx="6" cy="6" r="5" fill="none" stroke="currentColor" strokeWidth="1.2" strokeDasharray="2.4 1.6" />
      <path
        d="M4.6 4.8a1.4 1.4 0 1 1 2 1.3c-.4.2-.6.4-.6.9M6 8.6v.1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.2"
        strokeLinecap="round"
      />
    </>
  ),
};

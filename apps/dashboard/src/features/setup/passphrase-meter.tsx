import { passphraseStrength } from './passphrase-strength.ts';

const colours = ['bg-line-strong', 'bg-bad', 'bg-warn', 'bg-ok'];

export function PassphraseMeter({ passphrase, known }: { passphrase: string; known: string[] }) {
  const { score, text } = passphraseStrength(passphrase, known);
  return (
    <span className="mt-1.5 flex items-center gap-3" aria-live="polite">
      <span aria-hidden className="flex w-24 gap-1">
        {[1, 2, 3].map((step) => (
          <span key={step} className={`h-1 flex-1 rounded-full ${step <= score ? colours[score] : 'bg-line'}`} />
        ))}
      </span>
      <span>{text}</span>
    </span>
  );
}

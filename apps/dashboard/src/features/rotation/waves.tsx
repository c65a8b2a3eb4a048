import type { RotationBotState } from '@clawster/contract/rotation';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import type { WaveRow } from './wave-rows.ts';

const looks: Record<WaveRow['state'], Look> = {
  waiting: { word: 'Waiting', tone: 'off', shape: 'square' },
  given: { word: 'Being given', tone: 'warn', shape: 'ring', moving: true },
  proven: { word: 'Proven', tone: 'ok', shape: 'disc' },
  stuck: { word: 'Stuck', tone: 'bad', shape: 'cross' },
};
const words: Record<RotationBotState, string> = {
  waiting: 'waiting',
  given: 'given, not proven yet',
  proven: 'proven',
  stuck: 'stuck',
  resting: 'at rest: when they start',
  gone: 'without it by now',
};

/** The waves of a rotation, one below the other, as they move. */
export function Waves({ rows }: { rows: WaveRow[] }) {
  return (
    <ol className="divide-y divide-line rounded-md border border-line" aria-label="Waves">
      {rows.map(({ wave, state, counts, stuck }) => (
        <li key={wave} className="px-3 py-2 text-sm">
          <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
            <span className="w-16 font-medium">Wave {wave}</span>
            <StateWord look={looks[state]} />
            <span className="min-w-0 flex-1 basis-40 text-muted">{sayCounts(counts)}</span>
          </div>
          {stuck.map(({ botId, botName, text }) => (
            <p key={botId} className="mt-1 break-words text-bad">
              {botName}: {text}
            </p>
          ))}
        </li>
      ))}
    </ol>
  );
}

function sayCounts(counts: WaveRow['counts']): string {
  return Object.entries(counts)
    .map(([state, number]) => `${number.toLocaleString('en')} ${words[state as RotationBotState]}`)
    .join(' · ');
}

import type { Channel } from '@clawster/contract/channel';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';

/** What the service said when it was last asked, and how long ago. */
export function ChannelCheckLine({ channel: { check } }: { channel: Channel }) {
  if (!check) return null;
  const { ok, message, checkedAt } = check;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-sm">
      <StateWord
        look={ok ? { word: message, tone: 'ok', shape: 'disc' } : { word: message, tone: 'bad', shape: 'cross' }}
      />
      <span className="text-faint">
        <Time at={checkedAt} />
      </span>
    </p>
  );
}

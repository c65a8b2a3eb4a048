import type { Channel } from '@clawster/contract/channel';
import { Settings2 } from 'lucide-react';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { ChannelCheckLine } from './channel-check-line.tsx';
import { ChannelKindWord } from './kind-icon.tsx';

/** A channel of the workspace: whom its service knows it as, whether that takes its token, and who has it. */
export function ChannelRow({ channel, onOpen }: { channel: Channel; onOpen: () => void }) {
  const { name, kind, check, botCount } = channel;
  return (
    <li className="flex min-h-[4.25rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-x-3 font-medium break-words">
          {name}
          <ChannelKindWord kind={kind} />
        </p>
        <p className="text-sm break-words text-muted">
          {check?.account ? `${check.account} · ` : ''}
          {kind === 'whatsapp' ? 'each bot is linked by a phone · ' : ''}
          {count(botCount, 'bot')}
        </p>
        <ChannelCheckLine channel={channel} />
      </div>
      <Button icon={<Settings2 />} onClick={onOpen}>
        Open<span className="sr-only"> {name}</span>
      </Button>
    </li>
  );
}

import type { Bot } from '@clawster/contract/bot';
import type { BotChannel, ChannelStatus } from '@clawster/contract/channel';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { Time } from '../../ui/time.tsx';
import { BotChannelActions } from './bot-channel-actions.tsx';
import { ChannelState } from './channel-state.tsx';
import { ChannelKindWord } from './kind-icon.tsx';
import { sayRules } from './say-rules.ts';

/** A channel of a bot: how it was last seen, and the rules as they hold for it. */
export function BotChannelRow({ bot, channel }: { bot: Bot; channel: BotChannel }) {
  const { channelId, name, kind, settings, status } = channel;
  return (
    <li className="space-y-2 px-4 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Link href={paths.channels(channelId)} className="font-medium break-words hover:underline">
          {name}
        </Link>
        <ChannelKindWord kind={kind} />
        <span className="ml-auto">
          <ChannelState status={status} />
        </span>
      </div>
      <div className="text-sm">
        <p className="break-words">{status.detail}</p>
        <Seen status={status} />
        <p className="mt-1 text-muted">{sayRules(settings)}</p>
      </div>
      <BotChannelActions bot={bot} channel={channel} />
    </li>
  );
}

function Seen({ status: { seenAt, lastInboundAt, lastOutboundAt, linkedAs } }: { status: ChannelStatus }) {
  const facts = [
    ['Looked at', seenAt],
    ['Last message in', lastInboundAt],
    ['Last answer out', lastOutboundAt],
  ] as const;
  return (
    <p className="flex flex-wrap gap-x-4 text-muted">
      {linkedAs ? <span>Linked as {linkedAs}</span> : null}
      {facts.map(([what, at]) =>
        at ? (
          <span key={what}>
            {what} <Time at={at} />
          </span>
        ) : null,
      )}
    </p>
  );
}

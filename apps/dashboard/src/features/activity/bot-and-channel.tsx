import Link from 'next/link';
import { paths } from '../../lib/paths.ts';
import { botWord, channelWord } from './words.ts';

/** A bot by name, with the way to it while it is there. */
export function BotName({
  bot,
  className = '',
}: {
  bot: { botId: string; botName?: string | undefined };
  className?: string;
}) {
  if (bot.botName === undefined) return <span className={`text-muted ${className}`}>{botWord(bot)}</span>;
  return (
    <Link href={paths.bot(bot.botId)} prefetch={false} className={`hover:underline ${className}`}>
      {bot.botName}
    </Link>
  );
}

/** A channel by name, with the way to all of them. */
export function ChannelName({ channel }: { channel: string }) {
  return channel.startsWith('clawster') || !channel ? (
    channelWord(channel)
  ) : (
    <Link href={paths.channels()} prefetch={false} className="hover:underline">
      {channelWord(channel)}
    </Link>
  );
}

import type { Bot } from '@clawster/contract/bot';
import Link from 'next/link';
import { paths } from '../../lib/paths.ts';

/** Leads to what was changed on the bot's host while that waits for a decision. */
export function DriftLine({ bot }: { bot: Bot }) {
  if (!bot.status.drift) return null;
  return (
    <p className="mb-3 text-sm text-warn">
      Its configuration was changed on its host.{' '}
      <Link href={paths.bot(bot.id, 'configuration')} className="text-accent underline underline-offset-2">
        See what, and decide
      </Link>
    </p>
  );
}

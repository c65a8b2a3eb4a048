'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { ActionButton } from './action-button.tsx';

/** Lets a paused bot take turns again, or starts a stopped one; nothing for any other. */
export function ReviveButton({ bot }: { bot: ListedBot }) {
  const { desired } = bot.spec;
  if (desired === 'running' || desired === 'destroyed') return null;
  return <ActionButton bot={bot} action={desired === 'paused' ? 'resume' : 'start'} look="primary" />;
}

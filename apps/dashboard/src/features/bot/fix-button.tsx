'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { Stethoscope } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { ActionButton } from './action-button.tsx';

/** The likeliest cure of a bot that is not well: a failed one is started anew, a degraded one examined, any other looked at. */
export function FixButton({ bot }: { bot: ListedBot }) {
  const { phase } = bot.status;
  if (phase === 'degraded')
    return (
      <ButtonLink href={paths.bot(bot.id, 'doctor')} icon={<Stethoscope />}>
        Run the doctor
      </ButtonLink>
    );
  if (phase === 'failed') return <ActionButton bot={bot} action="restart" />;
  return <ButtonLink href={paths.bot(bot.id, 'overview')}>See what was last known</ButtonLink>;
}

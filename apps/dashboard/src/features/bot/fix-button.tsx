'use client';

import type { Bot } from '@clawster/contract/bot';
import { whyNot } from '@clawster/domain/bot/can';
import { RotateCw, Stethoscope } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { useBotAction } from './use-bot-action.ts';

/** The likeliest cure of a bot that is not well: a failed one is started anew, a degraded one examined, a silent one looked at. */
export function FixButton({ bot }: { bot: Bot }) {
  const act = useBotAction();
  const forbidden = useWhyForbidden('bot:operate');
  const { phase } = bot.status;
  if (phase === 'degraded')
    return (
      <ButtonLink href={paths.bot(bot.id, 'doctor')} icon={<Stethoscope />}>
        Run the doctor
      </ButtonLink>
    );
  if (phase === 'unknown') return <ButtonLink href={paths.bot(bot.id, 'overview')}>See what was last known</ButtonLink>;
  const reason = forbidden ?? whyNot('restart', { phase, desired: bot.spec.desired });
  return (
    <Button
      busy={act.isPending}
      whyNot={reason}
      icon={<RotateCw />}
      onClick={() => act.mutate({ action: 'restart', botId: bot.id })}
    >
      Restart
    </Button>
  );
}

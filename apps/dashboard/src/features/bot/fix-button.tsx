'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { RotateCw, Stethoscope } from 'lucide-react';
import { paths } from '../../lib/paths.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { useBotAction } from './use-bot-action.ts';
import { useWhyNot } from './use-why-not.ts';

/** The likeliest cure of a bot that is not well: a failed one is started anew, a degraded one examined, any other looked at. */
export function FixButton({ bot }: { bot: ListedBot }) {
  const act = useBotAction();
  const whyNot = useWhyNot();
  const { phase } = bot.status;
  if (phase === 'degraded')
    return (
      <ButtonLink href={paths.bot(bot.id, 'doctor')} icon={<Stethoscope />}>
        Run the doctor
      </ButtonLink>
    );
  if (phase === 'failed')
    return (
      <Button
        busy={act.isPending}
        whyNot={whyNot('restart', bot)}
        icon={<RotateCw />}
        onClick={() => act.mutate({ action: 'restart', bot })}
      >
        Restart
      </Button>
    );
  return <ButtonLink href={paths.bot(bot.id, 'overview')}>See what was last known</ButtonLink>;
}

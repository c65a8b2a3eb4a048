'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { Button } from '../../ui/button.tsx';
import { actionIcons } from './action-icons.tsx';
import { actionWords, useBotAction } from './use-bot-action.ts';
import { useWhyNot } from './use-why-not.ts';

/** Lets a paused bot take turns again, or starts a stopped one; nothing for any other. */
export function ReviveButton({ bot }: { bot: ListedBot }) {
  const act = useBotAction();
  const whyNot = useWhyNot();
  const { desired } = bot.spec;
  if (desired === 'running' || desired === 'destroyed') return null;
  const action = desired === 'paused' ? 'resume' : 'start';
  return (
    <Button
      look="primary"
      icon={actionIcons[action]}
      busy={act.isPending}
      whyNot={whyNot(action, bot)}
      onClick={() => act.mutate({ action, bot })}
    >
      {actionWords[action].verb}
    </Button>
  );
}

'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { Button } from '../../ui/button.tsx';
import { actionIcons } from './action-icons.tsx';
import { actionWords, type QuickAction, useBotAction } from './use-bot-action.ts';
import { useWhyNot } from './use-why-not.ts';

type ActionButtonProps = { bot: ListedBot; action: QuickAction; look?: 'primary' | 'plain' };

/** Does it with one click; when it cannot be done now, says why. */
export function ActionButton({ bot, action, look = 'plain' }: ActionButtonProps) {
  const act = useBotAction();
  const whyNot = useWhyNot();
  return (
    <Button
      look={look}
      icon={actionIcons[action]}
      busy={act.isPending}
      whyNot={whyNot(action, bot)}
      onClick={() => act.mutate({ action, bot })}
    >
      {actionWords[action].verb}
    </Button>
  );
}

'use client';

import type { Bot } from '@clawster/contract/bot';
import { whyNot } from '@clawster/domain/bot/can';
import { Play, RotateCw, Square, Trash2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Button } from '../../../ui/button.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';
import { useBotAction } from '../use-bot-action.ts';

const DestroyDialog = dynamic(() => import('./destroy-dialog.tsx').then((module) => module.DestroyDialog), {
  ssr: false,
});

/** What can be done with the bot now; what cannot says why. */
export function BotActions({ bot }: { bot: Bot }) {
  const [destroying, setDestroying] = useState(false);
  const act = useBotAction();
  const mayOperate = useWhyForbidden('bot:operate');
  const mayDestroy = useWhyForbidden('bot:destroy');
  const facts = { phase: bot.status.phase, desired: bot.spec.desired };
  const running = act.isPending ? act.variables.action : undefined;
  const quick = (action: 'start' | 'stop' | 'restart') => ({
    busy: running === action,
    whyNot: mayOperate ?? whyNot(action, facts),
    onClick: () => act.mutate({ action, botId: bot.id }),
  });
  return (
    <div className="flex flex-wrap gap-2">
      {bot.spec.desired === 'running' ? (
        <Button {...quick('stop')} icon={<Square />}>
          Stop
        </Button>
      ) : (
        <Button {...quick('start')} look="primary" icon={<Play />}>
          Start
        </Button>
      )}
      <Button {...quick('restart')} icon={<RotateCw />}>
        Restart
      </Button>
      <Button
        look="danger"
        icon={<Trash2 />}
        whyNot={mayDestroy ?? whyNot('destroy', facts)}
        onClick={() => setDestroying(true)}
      >
        Destroy
      </Button>
      {destroying ? <DestroyDialog bot={bot} onClose={() => setDestroying(false)} /> : null}
    </div>
  );
}

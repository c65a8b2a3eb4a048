'use client';

import type { Bot, BotSpec } from '@clawster/contract/bot';
import { CopyPlus, LayoutTemplate, Trash2, Truck } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../../lib/lazily.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';
import { ActionButton } from '../action-button.tsx';
import { actionIcons } from '../action-icons.tsx';
import { actionWords, type QuickAction, useBotAction } from '../use-bot-action.ts';
import { useWhyNot } from '../use-why-not.ts';

const CloneDialog = lazily(() => import('./clone-dialog.tsx').then((module) => module.CloneDialog));
const SaveBotDialog = lazily(() => import('../../template/save-bot-dialog.tsx').then((module) => module.SaveBotDialog));
const MoveDialog = lazily(() => import('../../backup/move-dialog.tsx').then((module) => module.MoveDialog));
const DestroyDialog = lazily(() => import('./destroy-dialog.tsx').then((module) => module.DestroyDialog));

/** What matters most, the way onwards first. */
const foremost: Record<BotSpec['desired'], QuickAction[]> = {
  running: ['pause', 'stop'],
  paused: ['resume', 'stop'],
  stopped: ['start'],
  destroyed: [],
};
const hints = { restart: 'Start its gateway anew', redeploy: 'A new process on the same state' };

/** What can be done with the bot now; what cannot says why. */
export function BotActions({ bot }: { bot: Bot }) {
  const [asked, setAsked] = useState<'clone' | 'template' | 'move' | 'destroy'>();
  const act = useBotAction();
  const whyNot = useWhyNot();
  const whyNotTemplate = useWhyForbidden('template:manage');
  const close = () => setAsked(undefined);
  if (bot.spec.desired === 'destroyed') return null;
  return (
    <div className="flex flex-wrap gap-2">
      {foremost[bot.spec.desired].map((action) => (
        <ActionButton
          key={action}
          bot={bot}
          action={action}
          look={action === 'start' || action === 'resume' ? 'primary' : 'plain'}
        />
      ))}
      <Menu label="More">
        {(['restart', 'redeploy'] as const).map((action) => (
          <MenuItem
            key={action}
            icon={actionIcons[action]}
            title={actionWords[action].verb}
            hint={hints[action]}
            whyNot={whyNot(action, bot)}
            onChoose={() => act.mutate({ action, bot })}
          />
        ))}
        <MenuItem
          icon={<CopyPlus />}
          title="Clone…"
          hint="A new bot like it, with its memory or not"
          whyNot={whyNot('clone', bot)}
          onChoose={() => setAsked('clone')}
        />
        <MenuItem
          icon={<LayoutTemplate />}
          title="Save as a template…"
          hint="So that others are made from it"
          whyNot={whyNotTemplate}
          onChoose={() => setAsked('template')}
        />
        <MenuItem
          icon={<Truck />}
          title="Move…"
          hint="To another target, with all it knows"
          whyNot={whyNot('move', bot)}
          onChoose={() => setAsked('move')}
        />
        <MenuSeparator />
        <MenuItem
          icon={<Trash2 />}
          title="Destroy…"
          hint="Says what it touches and asks for the name"
          danger
          whyNot={whyNot('destroy', bot)}
          onChoose={() => setAsked('destroy')}
        />
      </Menu>
      {asked === 'clone' ? <CloneDialog bot={bot} onClose={close} /> : null}
      {asked === 'template' ? <SaveBotDialog bot={bot} onClose={close} /> : null}
      {asked === 'move' ? <MoveDialog bot={bot} onClose={close} /> : null}
      {asked === 'destroy' ? <DestroyDialog bot={bot} onClose={close} /> : null}
    </div>
  );
}

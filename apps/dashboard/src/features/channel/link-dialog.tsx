'use client';

import type { Bot } from '@clawster/contract/bot';
import type { BotChannel } from '@clawster/contract/channel';
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useEffect } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { Skeleton } from '../../ui/page.tsx';
import { type Login, useLogin } from './use-login.ts';

type LinkDialogProps = { bot: Bot; channel: BotChannel; force: boolean; onClose: () => void };

/** Links a bot to WhatsApp: shows the code that a phone scans. Closed, nothing is linked. */
export function LinkDialog({ bot, channel: { channelId, name }, force, onClose }: LinkDialogProps) {
  const queryClient = useQueryClient();
  const { login, again } = useLogin({ botId: bot.id, channelId, force });
  const isLinked = login.at === 'linked';
  useEffect(() => {
    if (isLinked) void queryClient.invalidateQueries({ queryKey: ['channels'] });
  }, [isLinked, queryClient]);
  return (
    <Dialog open onClose={onClose} title={`Link ${bot.name} to WhatsApp`} lead={`By the channel ${name}.`}>
      <div className="space-y-4">
        <div aria-live="polite">
          <Told login={login} />
        </div>
        <div className="flex justify-end gap-2">
          {login.at === 'over' ? (
            <Button look="primary" onClick={again}>
              Get another code
            </Button>
          ) : null}
          <Button look={isLinked ? 'primary' : 'quiet'} onClick={onClose}>
            {isLinked ? 'Done' : 'Cancel'}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Told({ login }: { login: Login }) {
  if (login.at === 'linked')
    return (
      <p className="flex items-center gap-2 text-ok">
        <CircleCheck aria-hidden className="size-5 shrink-0" />
        {login.message}
      </p>
    );
  if (login.at === 'over') return <FormProblem message={login.message} />;
  return (
    <div className="grid gap-4 sm:grid-cols-[auto_1fr]">
      {login.at === 'scan' ? (
        // White around it in any theme, as cameras want it.
        <img
          src={login.qrDataUrl}
          alt="Code to scan with WhatsApp"
          className="size-52 rounded-md bg-white p-2 [image-rendering:pixelated]"
        />
      ) : (
        <Skeleton className="size-52" />
      )}
      <div className="text-sm">
        <ol className="list-decimal space-y-1.5 pl-5">
          <li>Open WhatsApp on the phone.</li>
          <li>Settings, Linked devices, Link a device.</li>
          <li>Point it at the code.</li>
        </ol>
        <p className="mt-3 text-muted">{waitingFor(login)}</p>
      </div>
    </div>
  );
}

function waitingFor(login: Login): string {
  if (login.at !== 'scan') return 'Asking WhatsApp for a code. That takes some seconds.';
  return login.code > 1
    ? 'The code before has ended: scan this one.'
    : 'Waiting for the phone. The code changes now and then.';
}

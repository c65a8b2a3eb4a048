'use client';

import type { Bot } from '@clawster/contract/bot';
import type { Settings } from '@clawster/contract/settings';
import { useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { rememberBot } from '../bot/use-bot-action.ts';
import { ReviewDialog } from '../configuration/review-dialog.tsx';

/** `settings`: the bot's own, with what was changed on its host. */
type AdoptDialogProps = { bot: Bot; settings: Settings; onClose: () => void };

/** Makes what was changed on the host the bot's own settings, after a look at what that comes to. */
export function AdoptDialog({ bot, settings, onClose }: AdoptDialogProps) {
  const queryClient = useQueryClient();
  return (
    <ReviewDialog
      title={`Adopt what was changed on the host of ${bot.name}`}
      lead="It becomes the bot's own settings, as a revision one can go back from."
      proposed={{ kind: 'bot', botId: bot.id, change: { settings } }}
      verb="Adopt"
      save={async (reason) => {
        const adopted = await client.bots.adoptDrift({ botId: bot.id, reason });
        rememberBot(queryClient, adopted);
        return `${bot.name} is to be as it was changed on its host (revision ${adopted.generation}).`;
      }}
      onDone={onClose}
      onClose={onClose}
    />
  );
}

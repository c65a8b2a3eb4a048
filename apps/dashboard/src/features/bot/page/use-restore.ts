import type { ListedBot } from '@clawster/contract/bot';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../../lib/client.ts';
import { tell } from '../../../lib/toast.ts';
import { rememberBot } from '../use-bot-action.ts';

/** Brings a destroyed bot back and starts it, under another name when one is given. */
export function useRestore(bot: ListedBot) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (name: string | undefined) => client.bots.restore({ botId: bot.id, ...(name ? { name } : {}) }),
    onSuccess: (restored) => {
      rememberBot(queryClient, restored);
      tell(`${restored.name} is back; it is starting.`);
    },
  });
}

import type { Bot } from '@clawster/contract/bot';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';

export type QuickAction = 'start' | 'stop' | 'restart';

export const actionWords: Record<QuickAction, { verb: string; done: string }> = {
  start: { verb: 'Start', done: 'is starting' },
  stop: { verb: 'Stop', done: 'is stopping; its state stays' },
  restart: { verb: 'Restart', done: 'is restarting' },
};

/** Starts, stops or restarts a bot: none of these breaks anything, so none asks; a stop can be undone from its toast. */
export function useBotAction() {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ action, botId }: { action: QuickAction; botId: string }) => client.bots[action]({ botId }),
    onSuccess: (bot, { action }) => {
      rememberBot(queryClient, bot);
      const undo =
        action === 'stop'
          ? { label: 'Undo', onClick: () => mutation.mutate({ action: 'start', botId: bot.id }) }
          : undefined;
      void tell(`${bot.name} ${actionWords[action].done}.`, undo);
    },
    onError: tellTrouble,
  });
  return mutation;
}

/** Shows what a command answered at once, and asks the server for the lists it is in. */
export function rememberBot(queryClient: ReturnType<typeof useQueryClient>, bot: Bot): void {
  queryClient.setQueryData(['bots', 'get', { botId: bot.id }], bot);
  void queryClient.invalidateQueries({ queryKey: ['bots', 'list'] });
}

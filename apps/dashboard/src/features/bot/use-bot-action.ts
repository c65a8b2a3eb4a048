import type { Bot, ListedBot } from '@clawster/contract/bot';
import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';

export type QuickAction = 'start' | 'stop' | 'pause' | 'resume' | 'restart' | 'redeploy';

type Words = { verb: string; done: string; participle: string; undo?: QuickAction };

export const actionWords: Record<QuickAction, Words> = {
  start: { verb: 'Start', done: 'is starting', participle: 'started' },
  stop: { verb: 'Stop', done: 'is stopping; its state stays', participle: 'stopped', undo: 'start' },
  pause: { verb: 'Pause', done: 'is being paused; it takes no more turns', participle: 'paused', undo: 'resume' },
  resume: { verb: 'Resume', done: 'takes turns again', participle: 'resumed' },
  restart: { verb: 'Restart', done: 'is restarting', participle: 'restarted' },
  redeploy: { verb: 'Redeploy', done: 'gets a new process on the same state', participle: 'redeployed' },
};

type Ask = { action: QuickAction; bot: ListedBot };

/** Does what breaks nothing, and so does not ask first; what can be undone can be undone from its toast. */
export function useBotAction() {
  const queryClient = useQueryClient();
  const mutation = useMutation({
    mutationFn: ({ action, bot }: Ask) => client.bots[action]({ botId: bot.id }),
    onSuccess: (changed, { action, bot }) => {
      rememberBot(queryClient, changed);
      const { done, undo } = actionWords[action];
      // Only a bot that ran comes back as it was.
      const way =
        undo && bot.spec.desired === 'running'
          ? { label: 'Undo', onClick: () => mutation.mutate({ action: undo, bot: changed }) }
          : undefined;
      tell(`${bot.name} ${done}.`, way);
    },
    onError: tellTrouble,
  });
  return mutation;
}

/** Shows what a command answered at once, and asks the server for the lists it is in. */
export function rememberBot(queryClient: QueryClient, bot: Bot): void {
  queryClient.setQueryData(['bots', 'get', { botId: bot.id }], bot);
  void queryClient.invalidateQueries({ queryKey: ['bots', 'list'] });
}

import { api } from '@clawster/contract/api';
import type { Operation } from '@clawster/contract/operation';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { useNow } from '../../lib/use-now.ts';

const stepsEveryMs = 1_000;
/** How long the end of an operation stays in sight. */
const tellEndMs = 60_000;

/** The bot's operation that runs, or has just ended. Steps are no events: while one runs, they are asked for. */
export function useOperation(botId: string): Operation | undefined {
  const { data } = useQuery({
    ...q(api.operations.list, { botId, limit: 1 }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => !one.endedAt) ? stepsEveryMs : false),
  });
  const now = useNow(10_000);
  const latest = data?.items[0];
  if (latest?.endedAt && now - Date.parse(latest.endedAt) > tellEndMs) return undefined;
  return latest;
}

/** Begins an operation and shows it at once. */
export function useBegin<Input>(begin: (input: Input) => Promise<Operation>, onBegun?: (operation: Operation) => void) {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: begin,
    onSuccess: (operation) => {
      refresh();
      onBegun?.(operation);
    },
  });
}

export function useCancel() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (operationId: string) => client.operations.cancel({ operationId }),
    onSuccess: ({ kind, botName }) => {
      refresh();
      tell(`The ${kind} of ${botName} is being cancelled.`);
    },
    onError: tellTrouble,
  });
}

export function useRefresh(): () => void {
  const queryClient = useQueryClient();
  return () => {
    for (const noun of ['operations', 'backups', 'bots']) void queryClient.invalidateQueries({ queryKey: [noun] });
  };
}

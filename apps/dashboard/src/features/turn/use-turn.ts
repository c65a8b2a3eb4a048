import { ProblemError } from '@clawster/client/problem-error';
import { api } from '@clawster/contract/api';
import type { ChatMessage } from '@clawster/contract/turn';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { beginTurn, isGoingOn, type LiveTurn, nextTurn } from './turn-state.ts';

const silenceMsMax = 45_000;
const conversation = 'main';

/** A conversation with a bot: its history, the turn that is going on, and the ways to begin and to stop one. */
export function useTurn(botId: string, canAnswer: boolean) {
  const queryClient = useQueryClient();
  const [turn, setTurn] = useState<LiveTurn>();
  const latest = useRef<LiveTurn>(undefined);
  const leaving = useRef<AbortController>(undefined);
  const before = useRef<ChatMessage[]>(undefined);
  const options = q(api.turns.history, { botId, conversation });
  // OpenClaw goes on when the listener is gone: then the history tells when the answer is there.
  const history = useQuery({
    ...options,
    enabled: canAnswer,
    refetchInterval: (query) =>
      turn?.state === 'lost' || (!turn && query.state.data?.items.at(-1)?.role === 'user') ? 2_000 : false,
  });
  const show = useCallback((next: LiveTurn | undefined) => {
    latest.current = next;
    setTurn(next);
  }, []);
  useEffect(() => () => leaving.current?.abort(), [botId]);

  const start = useCallback(
    async (message: string) => {
      const closing = new AbortController();
      leaving.current = closing;
      before.current = queryClient.getQueryData(options.queryKey)?.items;
      show(beginTurn(message));
      try {
        for await (const event of client.turns.start(
          { botId, conversation, message },
          { signal: closing.signal, silenceMsMax },
        )) {
          if (latest.current) show(nextTurn(latest.current, event));
        }
        if (isGoingOn(latest.current)) throw new Error('The connection ended before the answer did');
      } catch (error) {
        if (closing.signal.aborted || !latest.current) return;
        show({ ...latest.current, state: stateAfter(error, latest.current), trouble: sentenceOf(error) });
      }
      await queryClient.invalidateQueries({ queryKey: options.queryKey });
      if (latest.current?.state === 'done' && answered(queryClient.getQueryData(options.queryKey)?.items))
        show(undefined);
    },
    [botId, show, queryClient, options.queryKey],
  );

  useEffect(() => {
    if (turn?.state === 'lost' && answered(history.data?.items)) show(undefined);
  }, [turn?.state, history.data, show]);

  const abort = useCallback(() => {
    const turnId = latest.current?.turnId;
    if (turnId) void client.turns.abort({ botId, turnId, conversation }).catch(tellTrouble);
  }, [botId]);
  // The history learns of the turn while it goes on; until it is over it is shown once, as the turn itself.
  const messages = turn ? before.current : history.data?.items;
  return { history, messages, turn, start, abort };
}

/** A refusal, or trouble before the bot took the turn, means that nothing happens any more; afterwards only the line is lost. */
function stateAfter(error: unknown, turn: LiveTurn): LiveTurn['state'] {
  return error instanceof ProblemError || turn.turnId === undefined ? 'failed' : 'lost';
}

function answered(items: { role: string }[] | undefined): boolean {
  return items?.at(-1)?.role === 'assistant';
}

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
/** A bot that lost its link dials in again by itself; one that stays away is no longer ready after a while, and says so. */
const linkTriesMax = 10;
const linkTryMs = 2_000;
const conversation = 'main';

/** A conversation with a bot: its history, the turn that is going on, and the ways to begin and to stop one. */
export function useTurn(botId: string, canAnswer: boolean) {
  const queryClient = useQueryClient();
  const [turn, setTurn] = useState<LiveTurn>();
  const [before, setBefore] = useState<ChatMessage[]>();
  const leaving = useRef<AbortController>(undefined);
  const options = q(api.turns.history, { botId, conversation });
  // OpenClaw goes on when the listener is gone: then the history tells when the answer is there.
  const history = useQuery({
    ...options,
    enabled: canAnswer,
    retry: (tries, error) => tries < (isAway(error) ? linkTriesMax : error instanceof ProblemError ? 0 : 2),
    retryDelay: linkTryMs,
    refetchInterval: (query) =>
      turn?.state === 'lost' || (!turn && query.state.data?.items.at(-1)?.role === 'user') ? 2_000 : false,
  });
  if (turn?.state === 'lost' && answered(history.data?.items, before)) setTurn(undefined);
  useEffect(() => () => leaving.current?.abort(), [botId]);

  const start = useCallback(
    async (message: string) => {
      const closing = new AbortController();
      leaving.current = closing;
      let live = beginTurn(message);
      // Once another turn has begun, this one is no longer shown.
      const show = (next: LiveTurn) => {
        const shown = live;
        live = next;
        setTurn((current) => (current === shown ? next : current));
      };
      const known = queryClient.getQueryData(options.queryKey)?.items;
      setBefore(known);
      setTurn(live);
      try {
        for await (const event of client.turns.start(
          { botId, conversation, message },
          { signal: closing.signal, silenceMsMax },
        )) {
          show(nextTurn(live, event));
        }
        if (isGoingOn(live)) throw new Error('The connection ended before the answer did');
      } catch (error) {
        if (closing.signal.aborted) return;
        show({ ...live, state: stateAfter(error, live), trouble: sentenceOf(error) });
      }
      await queryClient.invalidateQueries({ queryKey: options.queryKey });
      if (live.state === 'done' && answered(queryClient.getQueryData(options.queryKey)?.items, known))
        setTurn((current) => (current === live ? undefined : current));
    },
    [botId, queryClient, options.queryKey],
  );

  const turnId = turn?.turnId;
  const abort = useCallback(() => {
    if (turnId) void client.turns.abort({ botId, turnId, conversation }).catch(tellTrouble);
  }, [botId, turnId]);
  // The history learns of the turn while it goes on; until it is over it is shown once, as the turn itself.
  const messages = turn ? before : history.data?.items;
  return { history, messages, turn, start, abort };
}

function isAway(error: Error): boolean {
  return error instanceof ProblemError && error.code === 'unavailable';
}

/** A refusal, or trouble before the bot took the turn, means that nothing happens any more; afterwards only the line is lost. */
function stateAfter(error: unknown, turn: LiveTurn): LiveTurn['state'] {
  return error instanceof ProblemError || turn.turnId === undefined ? 'failed' : 'lost';
}

/** Whether the history ends with an answer that was not there before the turn. */
function answered(items: ChatMessage[] | undefined, before: ChatMessage[] | undefined): boolean {
  const last = items?.at(-1);
  return last?.role === 'assistant' && last.id !== before?.at(-1)?.id;
}

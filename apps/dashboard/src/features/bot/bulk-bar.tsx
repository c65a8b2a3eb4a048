'use client';

import type { Bot } from '@clawster/contract/bot';
import { whyNot } from '@clawster/domain/bot/can';
import { useQueryClient } from '@tanstack/react-query';
import { CheckCircle2, X, XCircle } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { actionWords, type QuickAction } from './use-bot-action.ts';

type Result = { botId: string; name: string; trouble?: string };
type BulkBarProps = { bots: Bot[]; selected: ReadonlySet<string>; onClear: () => void };

const atOnce = 4;

/** The same action for many bots, with a result for each: one that fails never hides in a sum. */
export function BulkBar({ bots, selected, onClear }: BulkBarProps) {
  const queryClient = useQueryClient();
  const forbidden = useWhyForbidden('bot:operate');
  const [running, setRunning] = useState<QuickAction>();
  const [results, setResults] = useState<Result[]>();
  const chosen = bots.filter((bot) => selected.has(bot.id));
  if (chosen.length === 0 && !results) return null;

  const run = async (action: QuickAction) => {
    setRunning(action);
    setResults(await actOnAll(chosen, action));
    setRunning(undefined);
    onClear();
    await queryClient.invalidateQueries({ queryKey: ['bots'] });
  };
  return (
    <div role="region" aria-label="Selected bots" className="border-t border-line bg-raised px-4 py-2.5 sm:px-6">
      {results ? <Results results={results} onClose={() => setResults(undefined)} /> : null}
      {chosen.length > 0 ? (
        <div className="flex flex-wrap items-center gap-2">
          <span className="mr-2 text-sm font-medium">{count(chosen.length, 'bot')} selected</span>
          {(['start', 'stop', 'restart'] as const).map((action) => (
            <Button
              key={action}
              busy={running === action}
              whyNot={forbidden ?? whyNotAny(chosen, action)}
              onClick={() => void run(action)}
            >
              {actionWords[action].verb}
            </Button>
          ))}
          <Button look="quiet" onClick={onClear}>
            Clear
          </Button>
        </div>
      ) : null}
    </div>
  );
}

function whyNotAny(bots: Bot[], action: QuickAction): string | undefined {
  const reasons = bots.map((bot) => reasonFor(bot, action));
  return reasons.every((reason) => reason !== undefined)
    ? bots.length === 1
      ? reasons[0]
      : `None of the selected bots can be ${action === 'stop' ? 'stopped' : `${action}ed`} now`
    : undefined;
}

function reasonFor(bot: Bot, action: QuickAction): string | undefined {
  return whyNot(action, { phase: bot.status.phase, desired: bot.spec.desired });
}

async function actOnAll(bots: Bot[], action: QuickAction): Promise<Result[]> {
  const waiting = [...bots];
  const results: Result[] = [];
  const work = async () => {
    for (let bot = waiting.shift(); bot; bot = waiting.shift()) results.push(await actOn(bot, action));
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results.toSorted((a, b) => Number(b.trouble !== undefined) - Number(a.trouble !== undefined));
}

async function actOn(bot: Bot, action: QuickAction): Promise<Result> {
  const { id: botId, name } = bot;
  const reason = reasonFor(bot, action);
  if (reason) return { botId, name, trouble: reason };
  return client.bots[action]({ botId }).then(
    () => ({ botId, name }),
    (error: unknown) => ({ botId, name, trouble: sentenceOf(error) }),
  );
}

function Results({ results, onClose }: { results: Result[]; onClose: () => void }) {
  const failed = results.filter((result) => result.trouble).length;
  return (
    <div className="mb-2" role="status">
      <div className="flex items-center justify-between text-sm font-medium">
        {failed === 0
          ? `Done for ${count(results.length, 'bot')}.`
          : `Done for ${results.length - failed} of ${count(results.length, 'bot')}; ${failed} not.`}
        <IconButton label="Close the results" onClick={onClose}>
          <X />
        </IconButton>
      </div>
      <ul className="max-h-40 overflow-y-auto text-sm" tabIndex={0} aria-label="Result for each bot">
        {results.map(({ botId, name, trouble }) => (
          <li key={botId} className="flex items-center gap-2 py-0.5">
            {trouble ? (
              <XCircle aria-hidden className="size-4 shrink-0 text-bad" />
            ) : (
              <CheckCircle2 aria-hidden className="size-4 shrink-0 text-ok" />
            )}
            <span className="font-medium">{name}</span>
            <span className="truncate text-muted">{trouble ?? 'accepted'}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

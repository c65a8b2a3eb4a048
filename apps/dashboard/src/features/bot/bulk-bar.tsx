'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { useQueryClient } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { useState } from 'react';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { openHalt } from '../fleet/open-halt.ts';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';
import { actOnAll, type Result } from './act-on-all.ts';
import { ActionResults } from './action-results.tsx';
import { actionWords, type QuickAction } from './use-bot-action.ts';
import { useWhyNot } from './use-why-not.ts';

type BulkBarProps = { bots: ListedBot[]; selected: ReadonlySet<string>; onClear: () => void };
type Outcome = { action: QuickAction; results: Result[] };

const offered = ['start', 'stop', 'pause', 'resume', 'restart'] as const satisfies QuickAction[];

/** The same for many bots at a time. */
export function BulkBar({ bots, selected, onClear }: BulkBarProps) {
  const [outcome, setOutcome] = useState<Outcome>();
  const chosen = bots.filter((bot) => selected.has(bot.id));
  if (chosen.length === 0 && !outcome) return null;
  return (
    <div role="region" aria-label="Selected bots" className="border-t border-line bg-raised px-4 py-2.5 sm:px-6">
      {outcome ? (
        <div className={chosen.length > 0 ? 'mb-2' : ''}>
          <ActionResults
            participle={actionWords[outcome.action].participle}
            results={outcome.results}
            onClose={() => setOutcome(undefined)}
          />
        </div>
      ) : null}
      {chosen.length > 0 ? <BulkActions chosen={chosen} onClear={onClear} onOutcome={setOutcome} /> : null}
    </div>
  );
}

type BulkActionsProps = { chosen: ListedBot[]; onClear: () => void; onOutcome: (outcome: Outcome) => void };

function BulkActions({ chosen, onClear, onOutcome }: BulkActionsProps) {
  const queryClient = useQueryClient();
  const forbidden = whyNowhere(useIdentity(), 'bot:operate');
  const whyNot = useWhyNot();
  const [running, setRunning] = useState<{ action: QuickAction; done: number }>();
  const run = async (action: QuickAction) => {
    const subjects = chosen.map((bot) => ({ id: bot.id, name: bot.name, reason: whyNot(action, bot) }));
    setRunning({ action, done: 0 });
    const results = await actOnAll(subjects, action, (done) => setRunning({ action, done }));
    setRunning(undefined);
    onOutcome({ action, results });
    onClear();
    await queryClient.invalidateQueries({ queryKey: ['bots'] });
  };
  const reasonFor = (action: QuickAction) =>
    running
      ? 'Wait until the others are done'
      : whyNotAny(
          chosen.map((bot) => whyNot(action, bot)),
          actionWords[action].participle,
        );
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="mr-2 text-sm font-medium max-sm:w-full" aria-live="polite">
        {running
          ? `${actionWords[running.action].verb}: ${running.done} of ${chosen.length} done`
          : `${count(chosen.length, 'bot')} selected`}
      </span>
      {offered.map((action) => (
        <Button
          key={action}
          busy={running?.action === action}
          whyNot={running?.action === action ? undefined : reasonFor(action)}
          onClick={() => void run(action)}
        >
          {actionWords[action].verb}
        </Button>
      ))}
      <Button look="danger" icon={<OctagonX />} whyNot={forbidden} onClick={() => openHalt(chosen)}>
        Emergency stop
      </Button>
      <Button look="quiet" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

/** Only what can be done with none of them is off; the others say why beside their name. */
function whyNotAny(reasons: (string | undefined)[], participle: string): string | undefined {
  if (reasons.some((reason) => reason === undefined)) return undefined;
  return reasons.every((reason) => reason === reasons[0])
    ? reasons[0]
    : `None of the selected bots can be ${participle} now`;
}

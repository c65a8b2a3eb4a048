'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { OctagonX } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { BulkMenu } from '../configuration/bulk/bulk-menu.tsx';
import { openHalt } from '../fleet/open-halt.ts';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';
import { ActionResults } from './action-results.tsx';
import { actionWords, type QuickAction } from './use-bot-action.ts';
import { type BulkWork, type Running, useBulk } from './use-bulk.ts';
import { useWhyNot } from './use-why-not.ts';

type BulkBarProps = { bots: ListedBot[]; selected: ReadonlySet<string>; onClear: () => void };

const offered = ['start', 'stop', 'pause', 'resume', 'restart'] as const satisfies QuickAction[];

/** The same for many bots at a time. */
export function BulkBar({ bots, selected, onClear }: BulkBarProps) {
  const { running, outcome, run, retry, forget } = useBulk(bots);
  const chosen = bots.filter((bot) => selected.has(bot.id));
  if (chosen.length === 0 && !outcome) return null;
  return (
    <div role="region" aria-label="Selected bots" className="border-t border-line bg-raised px-4 py-2.5 sm:px-6">
      {outcome ? (
        <div className={chosen.length > 0 ? 'mb-2' : ''}>
          <ActionResults
            participle={outcome.work.participle}
            results={outcome.results}
            onRetry={() => void retry(outcome)}
            retrying={running !== undefined}
            onClose={forget}
          />
        </div>
      ) : null}
      {chosen.length > 0 ? (
        <BulkActions
          chosen={chosen}
          running={running}
          onRun={(work, some) => void run(work, some).then(onClear)}
          onClear={onClear}
        />
      ) : null}
    </div>
  );
}

type BulkActionsProps = {
  chosen: ListedBot[];
  running: Running | undefined;
  onRun: (work: BulkWork, bots: ListedBot[]) => void;
  onClear: () => void;
};

function BulkActions({ chosen, running, onRun, onClear }: BulkActionsProps) {
  const forbidden = whyNowhere(useIdentity(), 'bot:operate');
  const works = useQuickWorks();
  const busy = running ? 'Wait until the others are done' : undefined;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <span className="mr-2 text-sm font-medium max-sm:w-full" aria-live="polite">
        {running
          ? `${running.work.verb}: ${running.done} of ${running.total} done`
          : `${count(chosen.length, 'bot')} selected`}
      </span>
      {works.map((work) => {
        const isRunning = running?.work.verb === work.verb;
        return (
          <Button
            key={work.verb}
            busy={isRunning}
            whyNot={isRunning ? undefined : (busy ?? whyNotAny(chosen.map(work.whyNot), work.participle))}
            onClick={() => onRun(work, chosen)}
          >
            {work.verb}
          </Button>
        );
      })}
      <BulkMenu chosen={chosen} busy={busy} onRun={onRun} />
      <Button look="danger" icon={<OctagonX />} whyNot={forbidden} onClick={() => openHalt(chosen)}>
        Emergency stop
      </Button>
      <Button look="quiet" onClick={onClear}>
        Clear
      </Button>
    </div>
  );
}

function useQuickWorks(): BulkWork[] {
  const whyNot = useWhyNot();
  return offered.map((action) => ({
    ...actionWords[action],
    whyNot: (bot) => whyNot(action, bot),
    act: ({ id: botId }) => client.bots[action]({ botId }),
  }));
}

/** Only what can be done with none of them is off; the others say why beside their name. */
function whyNotAny(reasons: (string | undefined)[], participle: string): string | undefined {
  if (reasons.some((reason) => reason === undefined)) return undefined;
  return reasons.every((reason) => reason === reasons[0])
    ? reasons[0]
    : `None of the selected bots can be ${participle} now`;
}

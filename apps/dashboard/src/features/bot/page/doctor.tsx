'use client';

import type { Bot } from '@clawster/contract/bot';
import { useMutation } from '@tanstack/react-query';
import { Stethoscope, Wrench } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { sentenceOf } from '../../../lib/sentence.ts';
import { duration } from '../../../lib/time.ts';
import { Button } from '../../../ui/button.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { Trouble } from '../../../ui/page.tsx';
import { useWhyNot } from '../use-why-not.ts';
import { Findings } from './findings.tsx';
import { RepairResult } from './repair-result.tsx';

const RepairDialog = lazily(() => import('./repair-dialog.tsx').then((module) => module.RepairDialog));

/** OpenClaw's own doctor, on the bot's host: it looks and changes nothing. The safe repairs are a button of their own. */
export function Doctor({ bot }: { bot: Bot }) {
  const run = useMutation({ mutationFn: () => client.bots.doctor({ botId: bot.id }) });
  const repair = useMutation({ mutationFn: () => client.bots.repair({ botId: bot.id }) });
  const unable = useWhyNot()('doctor', bot);
  const found = run.data?.findings ?? repair.data?.after;
  // What one of the two says takes the place of what the other said before.
  const buttons = (
    <Buttons
      bot={bot}
      busyWith={run.isPending ? 'doctor' : repair.isPending ? 'repair' : undefined}
      again={found !== undefined}
      onRun={() => run.mutate(undefined, { onSuccess: repair.reset })}
      onRepair={() => repair.mutate(undefined, { onSuccess: run.reset })}
    />
  );
  return (
    <div className="mx-auto max-w-3xl space-y-4 p-4 sm:p-6">
      {run.error ? <Trouble message={sentenceOf(run.error)} /> : null}
      {repair.error ? <Trouble message={sentenceOf(repair.error)} /> : null}
      {repair.data ? <RepairResult report={repair.data} /> : null}
      {found ? (
        <Findings findings={found} actions={buttons} note={run.data && `Took ${duration(run.data.durationMs)}.`} />
      ) : (
        <Empty icon={<Stethoscope />} title="Examine this bot" action={buttons}>
          Runs OpenClaw's own doctor on the bot's host: config, credentials, channels, tools. It only looks; nothing is
          changed. A repair mends what is safe to mend.
          {unable ? <span className="mt-2 block text-warn">{unable}</span> : null}
        </Empty>
      )}
    </div>
  );
}

type ButtonsProps = {
  bot: Bot;
  busyWith: 'doctor' | 'repair' | undefined;
  again: boolean;
  onRun: () => void;
  onRepair: () => void;
};

/** One at a time; a repair asks first, for the gateway stops for it. */
function Buttons({ bot, busyWith, again, onRun, onRepair }: ButtonsProps) {
  const [asking, setAsking] = useState(false);
  const whyNot = useWhyNot();
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <Button
        look={again ? 'plain' : 'primary'}
        icon={<Stethoscope />}
        busy={busyWith === 'doctor'}
        whyNot={whyNot('doctor', bot) ?? (busyWith === 'repair' ? 'The bot is being repaired' : undefined)}
        onClick={onRun}
      >
        {busyWith === 'doctor' ? 'Examining; this takes some seconds' : again ? 'Run again' : 'Run the doctor'}
      </Button>
      <Button
        icon={<Wrench />}
        busy={busyWith === 'repair'}
        whyNot={whyNot('repair', bot) ?? (busyWith === 'doctor' ? 'The doctor is still at it' : undefined)}
        onClick={() => setAsking(true)}
      >
        {busyWith === 'repair' ? 'Repairing; this takes a minute or so' : 'Repair…'}
      </Button>
      {asking ? (
        <RepairDialog
          bot={bot}
          onClose={() => setAsking(false)}
          onRepair={() => {
            setAsking(false);
            onRepair();
          }}
        />
      ) : null}
    </div>
  );
}

'use client';

import type { ListedBot } from '@clawster/contract/bot';
import type { HaltMode } from '@clawster/contract/fleet';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { OctagonX } from 'lucide-react';
import { useRef, useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { useIdentity, whyNowhere } from '../session/use-identity.ts';
import { HaltResult } from './halt-result.tsx';
import { useTouched } from './use-touched.ts';

type Scope = 'selected' | 'all';

/** The emergency stop: says what it does and to how many, takes one click, and then says what it did. */
export function HaltDialog({ bots, onClose }: { bots: readonly ListedBot[]; onClose: () => void }) {
  const [mode, setMode] = useState<HaltMode>('stop');
  const [scope, setScope] = useState<Scope>(bots.length > 0 ? 'selected' : 'all');
  const choices = useRef<HTMLDivElement>(null);
  const halt = useHalt();
  const forbidden = whyNowhere(useIdentity(), 'bot:operate');
  const touched = useTouched(mode, scope === 'selected' ? bots : undefined);
  const verb = mode === 'stop' ? 'Stop' : 'Pause';
  if (halt.data)
    return (
      <Dialog open onClose={onClose} title={mode === 'stop' ? 'Stopped' : 'Paused'}>
        <HaltResult mode={mode} halted={halt.data} onClose={onClose} />
      </Dialog>
    );
  return (
    <Dialog
      open
      onClose={onClose}
      title="Emergency stop"
      lead="At once, past chat and queues. State is kept."
      focusFirst={() => choices.current?.querySelector<HTMLElement>('input:checked')}
    >
      <div ref={choices} className="space-y-4">
        <Ways mode={mode} onChoose={setMode} />
        {bots.length > 0 ? <Scopes bots={bots} scope={scope} onChoose={setScope} /> : null}
        <FormProblem
          message={
            halt.error
              ? `${sentenceOf(halt.error)} It may have been done all the same; once more does no harm.`
              : undefined
          }
        />
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-sm" aria-live="polite">
            <Blast mode={mode} touched={touched} scope={scope} busy={halt.isPending} />
          </p>
          <div className="ml-auto flex gap-2">
            <Button onClick={onClose}>Cancel</Button>
            <Button
              look="alarm"
              icon={<OctagonX />}
              busy={halt.isPending}
              whyNot={forbidden}
              onClick={() => halt.mutate({ mode, bots: scope === 'all' ? 'all' : bots.map(({ id }) => id) })}
            >
              {scope === 'all' ? `${verb} all bots now` : `${verb} these bots now`}
            </Button>
          </div>
        </div>
      </div>
    </Dialog>
  );
}

function useHalt() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (ask: { mode: HaltMode; bots: 'all' | string[] }) => client.fleet.halt(ask),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['bots'] }),
  });
}

function Ways({ mode, onChoose }: { mode: HaltMode; onChoose: (mode: HaltMode) => void }) {
  return (
    <div role="radiogroup" aria-label="How" className="space-y-2">
      <Choice name="mode" value="stop" checked={mode === 'stop'} onChoose={() => onChoose('stop')} title="Stop">
        Ends every gateway, whatever it is doing. They stay stopped until someone starts them again.
      </Choice>
      <Choice name="mode" value="pause" checked={mode === 'pause'} onChoose={() => onChoose('pause')} title="Pause">
        Ends every turn and takes no new ones. Gateways stay up, and resume in a moment when someone says so.
      </Choice>
    </div>
  );
}

type ScopesProps = { bots: readonly ListedBot[]; scope: Scope; onChoose: (scope: Scope) => void };

function Scopes({ bots, scope, onChoose }: ScopesProps) {
  return (
    <fieldset className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      <legend className="sr-only">Which bots</legend>
      {(['selected', 'all'] as const).map((value) => (
        <label key={value} className="flex items-center gap-2">
          <input
            type="radio"
            name="scope"
            className="size-4 accent-accent"
            checked={scope === value}
            onChange={() => onChoose(value)}
          />
          {value === 'selected' ? `The ${count(bots.length, 'selected bot')}` : 'All bots'}
        </label>
      ))}
    </fieldset>
  );
}

type BlastProps = { mode: HaltMode; touched: string | undefined; scope: Scope; busy: boolean };

/** Whom it touches. Unknown numbers hold nobody up. */
function Blast({ mode, touched, scope, busy }: BlastProps) {
  const done = mode === 'stop' ? 'stopped' : 'paused';
  if (busy) return <>Told; waiting up to 5 s for the supervisors to confirm.</>;
  if (!touched) return <span className="text-muted">{scope === 'all' ? 'Counting the bots' : ''}</span>;
  return (
    <>
      <strong className="font-semibold">{touched}</strong> will be {done}.
    </>
  );
}

'use client';

import type { Halted, HaltMode } from '@clawster/contract/fleet';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Play } from 'lucide-react';
import { useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { actOnAll } from '../bot/act-on-all.ts';
import { ActionResults } from '../bot/action-results.tsx';
import { pausedByHalt } from './paused-by-halt.ts';
import { sayHalted } from './say-halted.ts';

type HaltResultProps = { mode: HaltMode; halted: Halted; onClose: () => void };

/** What the emergency stop did, and the way back. */
export function HaltResult({ mode, halted, onClose }: HaltResultProps) {
  return (
    <div className="space-y-4">
      <p role="status">{sayHalted(mode, halted)}</p>
      {halted.bots === 0 ? (
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      ) : mode === 'stop' ? (
        <StartAgain onClose={onClose} />
      ) : (
        <ResumeAll halted={halted} onClose={onClose} />
      )}
    </div>
  );
}

function StartAgain({ onClose }: { onClose: () => void }) {
  return (
    <>
      <p className="text-sm text-muted">
        They stay stopped until someone starts them again: among the stopped bots, choose those and press Start.
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        <ButtonLink look="primary" href={paths.botsToStart} onClick={onClose}>
          See the stopped bots
        </ButtonLink>
      </div>
    </>
  );
}

function ResumeAll({ halted, onClose }: Omit<HaltResultProps, 'mode'>) {
  const queryClient = useQueryClient();
  const [done, setDone] = useState(0);
  const resume = useMutation({
    mutationFn: async () => actOnAll(await pausedByHalt(halted), 'resume', setDone),
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['bots'] }),
  });
  if (resume.data)
    return (
      <>
        <ActionResults participle="resumed" results={resume.data} />
        <div className="flex justify-end">
          <Button onClick={onClose}>Close</Button>
        </div>
      </>
    );
  return (
    <>
      <p className="text-sm text-muted" aria-live="polite">
        {resume.isPending
          ? `Resuming: ${done.toLocaleString('en')} of ${halted.bots.toLocaleString('en')} done`
          : 'They take no turns until someone resumes them. Bots that were paused before stay paused.'}
      </p>
      <FormProblem message={resume.error ? sentenceOf(resume.error) : undefined} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Leave them paused</Button>
        <Button look="primary" icon={<Play />} busy={resume.isPending} onClick={() => resume.mutate()}>
          Resume all of them
        </Button>
      </div>
    </>
  );
}

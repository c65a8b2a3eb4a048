'use client';

import type { KeyJob, KeyOverview } from '@clawster/contract/key';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Time } from '../../ui/time.tsx';

type Kind = KeyJob['kind'];

const words: Record<Kind, { button: string; what: string; going: string; never: string }> = {
  rewrap: {
    button: 'Wrap data keys anew',
    what: 'Puts every data key under the current key. Do it after the server was given another key, or a key was rotated.',
    going: 'data keys are under the current key',
    never: 'Never done by this workspace.',
  },
  reencrypt: {
    button: 'Encrypt secrets anew',
    what: 'Gives this workspace a new data key and encrypts each secret under it. Do it when a data key may be known.',
    going: 'secrets are under the new data key',
    never: 'Never done in this workspace.',
  },
};

/** The two things that can be done to keys, each with how far it is. Secrets are read meanwhile as always. */
export function KeyJobs({ overview }: { overview: KeyOverview }) {
  return (
    <ul className="grid gap-3 md:grid-cols-2">
      {(['rewrap', 'reencrypt'] as const).map((kind) => (
        <KeyJobRow key={kind} kind={kind} job={overview.jobs.find((one) => one.kind === kind)} />
      ))}
    </ul>
  );
}

function KeyJobRow({ kind, job }: { kind: Kind; job: KeyJob | undefined }) {
  const queryClient = useQueryClient();
  const begin = useMutation({
    mutationFn: () => client.keys[kind]({}),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['keys'] }),
    onError: tellTrouble,
  });
  const isGoing = job !== undefined && !job.endedAt;
  return (
    <li className="flex flex-col gap-2 rounded-md border border-line p-3 text-sm">
      <p className="text-muted">{words[kind].what}</p>
      <div className="mt-auto" aria-live="polite">
        <JobState kind={kind} job={job} />
      </div>
      <Button
        className="self-start"
        busy={begin.isPending}
        whyNot={isGoing ? 'It goes on already' : undefined}
        onClick={() => begin.mutate()}
      >
        {words[kind].button}
      </Button>
    </li>
  );
}

function JobState({ kind, job }: { kind: Kind; job: KeyJob | undefined }) {
  if (!job) return <p className="text-muted">{words[kind].never}</p>;
  const { done, left, endedAt, trouble, nextTryAt } = job;
  if (endedAt)
    return (
      <p>
        Done <Time at={endedAt} />, {done.toLocaleString('en')} in all.
      </p>
    );
  return (
    <>
      <p className="mb-1 tabular-nums">
        {done.toLocaleString('en')} of {(done + left).toLocaleString('en')} {words[kind].going}
      </p>
      <Progress label={words[kind].button} value={done + left === 0 ? undefined : done / (done + left)} />
      {trouble ? (
        <p className="mt-1 text-bad">
          {trouble}
          {nextTryAt ? (
            <>
              ; next try <Time at={nextTryAt} />
            </>
          ) : null}
        </p>
      ) : null}
    </>
  );
}

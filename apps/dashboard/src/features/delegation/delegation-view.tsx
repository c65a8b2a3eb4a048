'use client';

import { api } from '@clawster/contract/api';
import type { DelegationDetail, DelegationState } from '@clawster/contract/delegation';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Ban, ChartGantt, RotateCcw } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { useChange } from '../../lib/use-change.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Progress } from '../../ui/progress.tsx';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { delegationLooks, isOver } from './delegation-look.ts';
import { DelegationFacts } from './delegation-facts.tsx';
import { DelegationRow, UntrustedMark } from './delegation-row.tsx';
import { WrittenText } from './written-text.tsx';

/** How far it is and what it costs change without an event. */
const lookAgainMs = 5_000;

type ViewProps = { delegationId: string; onOpen: (id: string) => void; onClose: () => void };

/** What one was asked for: each of its steps, what came of it, and what it was passed on as. */
export function DelegationView({ delegationId, onOpen, onClose }: ViewProps) {
  const query = useQuery({
    ...q(api.delegations.get, { delegationId }),
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : lookAgainMs),
  });
  const { data, error, refetch } = query;
  return (
    <div className="space-y-4">
      <Button look="quiet" icon={<ArrowLeft />} onClick={onClose}>
        All delegations
      </Button>
      {data ? (
        <Known delegation={data} onOpen={onOpen} />
      ) : error ? (
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}

function Known({ delegation, onOpen }: { delegation: DelegationDetail; onOpen: (id: string) => void }) {
  const { title, state, reason, progress, untrusted, children } = delegation;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0 space-y-5">
        <Card title={title} actions={<StateWord look={delegationLooks[state]} />}>
          <div className="space-y-4">
            <p role="status">
              {reason} {untrusted ? <UntrustedMark /> : null}
            </p>
            {progress && !isOver(state) ? (
              <div className="space-y-1">
                <Progress
                  value={progress.percent === undefined ? undefined : progress.percent / 100}
                  label="How far it is"
                />
                <p className="text-sm text-muted">
                  {progress.text} · <Time at={progress.at} />
                </p>
              </div>
            ) : null}
            <Texts delegation={delegation} />
            <Actions delegation={delegation} onOpen={onOpen} />
          </div>
        </Card>
        {children.length > 0 ? (
          <Card title="Passed on as" flush>
            <ul className="divide-y divide-line" aria-label="Passed on as">
              {children.map((child) => (
                <DelegationRow key={child.id} delegation={child} />
              ))}
            </ul>
          </Card>
        ) : null}
        <Steps steps={delegation.steps} />
      </div>
      <DelegationFacts delegation={delegation} />
    </div>
  );
}

function Texts({ delegation: { text, result, artefacts, untrusted } }: { delegation: DelegationDetail }) {
  if (text === undefined)
    return <p className="text-sm text-muted italic">Your role does not include reading what was written.</p>;
  return (
    <>
      <WrittenText label="What is asked" text={text} untrusted={untrusted} />
      {result === undefined ? null : <WrittenText label="What came of it" text={result} untrusted={untrusted} />}
      {artefacts.map((artefact) => (
        <details key={artefact.name} className="text-sm">
          <summary className="w-fit text-accent">
            {artefact.name} <span className="text-muted">{artefact.mediaType}</span>
          </summary>
          <div className="mt-2">
            <WrittenText label={artefact.name} text={artefact.text} untrusted={untrusted} />
          </div>
        </details>
      ))}
    </>
  );
}

const mayRetry = ['failed', 'expired'];

function Actions({ delegation, onOpen }: { delegation: DelegationDetail; onOpen: (id: string) => void }) {
  const { id: delegationId, state, traceId, parentId, inboxItemId } = delegation;
  const forbidden = useWhyForbidden('team:direct');
  const nouns = ['delegations', 'goals', 'teams', 'inbox'] as const;
  const retry = useChange({
    call: () => client.delegations.retry({ delegationId }),
    nouns,
    said: ({ reason }) => reason,
    onDone: ({ id }) => (id === delegationId ? undefined : onOpen(id)),
    tellsTrouble: true,
  });
  const cancel = useChange({
    call: () => client.delegations.cancel({ delegationId }),
    nouns,
    said: () => 'It was cancelled, with all that it was passed on as.',
    tellsTrouble: true,
  });
  return (
    <div className="flex flex-wrap gap-2">
      {state === 'held' && inboxItemId ? (
        <ButtonLink look="primary" href={paths.inbox(inboxItemId)}>
          Decide it
        </ButtonLink>
      ) : null}
      {mayRetry.includes(state) ? (
        <Button icon={<RotateCcw />} whyNot={forbidden} busy={retry.isPending} onClick={() => retry.mutate()}>
          Try once more
        </Button>
      ) : null}
      {isOver(state) ? null : (
        <Button look="danger" icon={<Ban />} whyNot={forbidden} busy={cancel.isPending} onClick={() => cancel.mutate()}>
          Cancel it
        </Button>
      )}
      <ButtonLink icon={<ChartGantt />} href={paths.trace(traceId, delegationId)}>
        Open its trace
      </ButtonLink>
      {parentId ? <Button onClick={() => onOpen(parentId)}>What it was passed on in</Button> : null}
    </div>
  );
}

function Steps({ steps }: { steps: DelegationDetail['steps'] }) {
  return (
    <Card title="Steps" flush>
      <ol className="divide-y divide-line">
        {steps.map(({ at, state, by, why }, index) => (
          <li key={index} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2 text-sm">
            <span className="w-40">
              <StateWord look={stepLook(state)} />
            </span>
            <span className="min-w-0 flex-1 basis-48 break-words">{why}</span>
            <span className="text-muted">
              {by}, <Time at={at} />
            </span>
          </li>
        ))}
      </ol>
    </Card>
  );
}

/** A step that was taken moves no more. */
function stepLook(state: DelegationState): Look {
  const { moving: _, ...look } = delegationLooks[state];
  return look;
}

'use client';

import { api } from '@clawster/contract/api';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { q } from '../../../lib/query.ts';
import { useIdentity, whyNowhere } from '../../session/use-identity.ts';
import type { Draft, Step } from './draft.ts';
import { StepButtons } from './step-buttons.tsx';

type ReviewStepProps = {
  draft: Draft;
  busy: boolean;
  onBack: () => void;
  onCreate: () => void;
  onEdit: (step: Step) => void;
};

export function ReviewStep({ draft, busy, onBack, onCreate, onEdit }: ReviewStepProps) {
  const { target, connector, runtime } = useChosen(draft);
  const forbidden = whyNowhere(useIdentity(), 'bot:create');
  return (
    <>
      <dl className="divide-y divide-line rounded-lg border border-line bg-surface">
        <Line term="Where" onEdit={() => onEdit('where')}>
          {target?.name ?? 'This machine'}
        </Line>
        <Line term="Model" onEdit={() => onEdit('model')}>
          {connector ? `${connector.name}, ${draft.model ?? connector.model}` : 'The demo model'}
        </Line>
        <Line term="Name" onEdit={() => onEdit('identity')}>
          {draft.name}
        </Line>
        <Line term="Personality" onEdit={() => onEdit('identity')}>
          <span className="line-clamp-3 whitespace-pre-line text-muted">
            {draft.personality || 'None; the bot is OpenClaw as it comes'}
          </span>
        </Line>
        <Line term="Runtime">
          OpenClaw {runtime?.version ?? '…'}
          {runtime && runtime.phase !== 'installed' ? (
            <span className="text-muted">, installed first; that is done once and takes a minute or two</span>
          ) : null}
        </Line>
      </dl>
      <StepButtons onBack={onBack} onNext={onCreate} next="Create the bot" busy={busy} whyNot={forbidden} />
    </>
  );
}

function useChosen({ targetId, connectorId }: Draft) {
  const targets = useQuery(q(api.targets.list, { limit: 200 })).data?.items;
  const connectors = useQuery(q(api.connectors.list, { limit: 200 })).data?.items;
  const runtimes = useQuery(q(api.runtimes.list, {})).data?.items;
  return {
    target: targets?.find(({ id }) => id === targetId),
    connector: connectors?.find(({ id }) => id === connectorId),
    runtime: runtimes?.find(({ recommended }) => recommended),
  };
}

function Line({ term, children, onEdit }: { term: string; children: ReactNode; onEdit?: () => void }) {
  return (
    <div className="flex items-start gap-4 px-4 py-3">
      <dt className="w-24 shrink-0 text-muted">{term}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
      {onEdit ? (
        <dd>
          <button
            type="button"
            aria-label={`Change: ${term}`}
            onClick={onEdit}
            className="text-sm text-accent underline underline-offset-2"
          >
            Change
          </button>
        </dd>
      ) : null}
    </div>
  );
}

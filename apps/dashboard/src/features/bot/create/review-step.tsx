'use client';

import { api } from '@clawster/contract/api';
import type { Profile } from '@clawster/contract/profile';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { q } from '../../../lib/query.ts';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Skeleton } from '../../../ui/page.tsx';
import { useIdentity, whyNowhere } from '../../session/use-identity.ts';
import type { Draft, Step } from './draft.ts';
import { StepButtons } from './step-buttons.tsx';

type ReviewStepProps = {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  busy: boolean;
  onBack: () => void;
  onCreate: () => void;
  onEdit: (step: Step) => void;
};

/** All that was chosen, to look over; once it is known what can be attached, so that nothing moves. */
export function ReviewStep(props: ReviewStepProps) {
  const { data, isPending } = useQuery(q(api.profiles.list, { limit: 200 }));
  return isPending ? <Skeleton className="h-96 w-full" /> : <Known {...props} profiles={data?.items ?? []} />;
}

type KnownProps = ReviewStepProps & { profiles: Profile[] };

function Known({ draft, change, busy, onBack, onCreate, onEdit, profiles }: KnownProps) {
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
        <ChannelsLine draft={draft} onEdit={() => onEdit('model')} />
        <Line term="Name" onEdit={() => onEdit('identity')}>
          {draft.name}
        </Line>
        <Line term="Personality" onEdit={() => onEdit('identity')}>
          <span className="line-clamp-3 whitespace-pre-line text-muted">
            {draft.personality || (draft.template ? 'From the template' : 'None; the bot is OpenClaw as it comes')}
          </span>
        </Line>
        {draft.template ? (
          <Line term="Template" onEdit={() => onEdit('identity')}>
            {draft.template.name} <span className="text-muted">version {draft.template.version}</span>
          </Line>
        ) : null}
        <ProfilesLine profiles={profiles} draft={draft} change={change} />
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

/** The channels that were chosen; nothing where there are none. */
function ChannelsLine({ draft: { channelIds }, onEdit }: { draft: Draft; onEdit: () => void }) {
  const channels = useQuery({ ...q(api.channels.list, { limit: 200 }), enabled: channelIds.length > 0 }).data?.items;
  if (channelIds.length === 0) return null;
  return (
    <Line term="Channels" onEdit={onEdit}>
      {channels?.flatMap(({ id, name }) => (channelIds.includes(id) ? [name] : [])).join(', ')}
    </Line>
  );
}

/** The profiles there are, to attach; nothing where there are none. */
function ProfilesLine({ profiles, draft: { profileIds }, change }: Pick<KnownProps, 'profiles' | 'draft' | 'change'>) {
  if (profiles.length === 0) return null;
  return (
    <Line term="Profiles">
      <div className="space-y-1.5">
        {profiles.map(({ id, name, description }) => (
          <Checkbox
            key={id}
            checked={profileIds.includes(id)}
            onChange={(on) =>
              change({ profileIds: on ? [...profileIds, id] : profileIds.filter((other) => other !== id) })
            }
          >
            {name}
            {description ? <span className="block text-muted">{description}</span> : null}
          </Checkbox>
        ))}
      </div>
    </Line>
  );
}

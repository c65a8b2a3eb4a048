'use client';

import { api } from '@clawster/contract/api';
import type { TemplateDetail } from '@clawster/contract/template';
import { mergeLayers } from '@clawster/domain/config/merge';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { Select } from '../../ui/field.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { OpenedHead } from '../configuration/opened-head.tsx';
import { sayValue } from '../configuration/say-layer.ts';
import { TemplateActions } from './template-actions.tsx';
import { UpgradeCard } from './upgrade-card.tsx';

/** One template: what it asks, what it sets, its versions, and the bots that could be upgraded. */
export function TemplateView({ templateId, onClose }: { templateId: string; onClose: () => void }) {
  const [version, setVersion] = useState<number>();
  const asked = { templateId, ...(version === undefined ? {} : { version }) };
  const { data, error, refetch } = useQuery(q(api.templates.get, asked));
  return (
    <div className="space-y-5">
      <OpenedHead title={data?.name ?? 'Template'} onClose={onClose}>
        {data ? <TemplateActions template={data} onGone={onClose} /> : null}
      </OpenedHead>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      {data ? <Content template={data} onVersion={setVersion} /> : error ? null : <Skeleton className="h-96 w-full" />}
    </div>
  );
}

function Content({ template, onVersion }: { template: TemplateDetail; onVersion: (version: number) => void }) {
  const { summary, builtIn, botCount, versions, shownVersion, content } = template;
  return (
    <>
      <p className="text-sm break-words text-muted">
        {summary ? `${summary} · ` : ''}
        {builtIn ? 'comes with Clawster · ' : ''}
        {count(botCount, 'bot')}
      </p>
      <UpgradeCard template={template} />
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <Card title="What it asks" flush>
          <Variables variables={content.variables} />
        </Card>
        <Card
          title="Versions"
          actions={
            versions.length > 1 ? (
              <Select
                aria-label="Version that is shown"
                className="w-auto!"
                value={shownVersion}
                onChange={(event) => onVersion(Number(event.target.value))}
              >
                {versions.map(({ version }) => (
                  <option key={version}>{version}</option>
                ))}
              </Select>
            ) : undefined
          }
          flush
        >
          <ol className="divide-y divide-line text-sm">
            {versions.map(({ version, note, author, createdAt }) => (
              <li key={version} className="px-4 py-2 break-words">
                <span className="font-medium">{version}</span> {note}{' '}
                <span className="text-muted">
                  {author}, <Time at={createdAt} />
                </span>
              </li>
            ))}
            {versions.length === 0 ? <li className="px-4 py-3 text-muted">Version {shownVersion}.</li> : null}
          </ol>
        </Card>
      </div>
      <Card title={`What version ${shownVersion} sets`} flush>
        <Sets content={content} />
      </Card>
    </>
  );
}

function Variables({ variables }: Pick<TemplateDetail['content'], 'variables'>) {
  if (variables.length === 0) return <p className="p-4 text-sm text-muted">Nothing.</p>;
  return (
    <ul className="divide-y divide-line text-sm">
      {variables.map(({ name, label, help, kind, choices, default: usual }) => (
        <li key={name} className="px-4 py-2 break-words">
          <span className="font-medium">{label}</span>{' '}
          <code className="font-mono text-xs text-muted">{`{{${name}}}`}</code>
          <span className="block text-muted">
            {help ? `${help} ` : ''}
            {kind === 'choice' ? `One of ${(choices ?? []).join(', ')}. ` : ''}
            {usual === undefined ? 'Must be answered.' : `Usually ${String(usual)}.`}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Sets({ content: { settings, locked } }: Pick<TemplateDetail, 'content'>) {
  const { explained } = mergeLayers([{ ref: { kind: 'template', name: '' }, settings, locked }]);
  return (
    <ul className="divide-y divide-line text-sm">
      {explained.map(({ path, value, lockedBy, contributions }) => (
        <li key={path} className="grid gap-x-4 px-4 py-2 sm:grid-cols-[16rem_minmax(0,1fr)]">
          <code className="font-mono text-xs break-all text-muted">
            {path}
            {lockedBy ? ' (locked)' : ''}
          </code>
          <span className="break-words whitespace-pre-wrap">{sayValue(contributions.at(-1)?.value ?? value)}</span>
        </li>
      ))}
      {explained.length === 0 ? <li className="px-4 py-3 text-muted">Nothing yet.</li> : null}
    </ul>
  );
}

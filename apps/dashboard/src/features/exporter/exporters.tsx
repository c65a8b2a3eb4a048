'use client';

import { api } from '@clawster/contract/api';
import type { Exporter } from '@clawster/contract/exporter';
import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { Button } from '../../ui/button.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';
import { ExporterRow } from './exporter-row.tsx';

const ExporterDialog = lazily(() => import('./exporter-dialog.tsx').then((module) => module.ExporterDialog));
const DeleteExporterDialog = lazily(() =>
  import('./delete-exporter-dialog.tsx').then((module) => module.DeleteExporterDialog),
);

export type ExporterAsk = { kind: 'form' | 'delete'; exporter?: Exporter };

/** How many spans went out changes without an event. */
const lookAgainMs = 10_000;

/** The tools that traces and metrics are sent to, how it goes, and what can be done about it. */
export function Exporters() {
  const { data, error, refetch } = useQuery({ ...q(api.exporters.list, {}), refetchInterval: lookAgainMs });
  const [asked, setAsked] = useState<ExporterAsk>();
  const close = () => setAsked(undefined);
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  const add = (
    <Button icon={<Plus />} onClick={() => setAsked({ kind: 'form' })}>
      Add an exporter
    </Button>
  );
  return (
    <Card title="Exporters" actions={add} flush>
      <p className="max-w-prose px-4 py-3 text-sm text-muted">
        What bots do is sent as traces and metrics of OpenTelemetry to Langfuse, Grafana or any other tool that takes
        OTLP. What was said stays here unless you say so.
      </p>
      <ul className="divide-y divide-line border-t border-line">
        {data?.items.map((exporter) => <ExporterRow key={exporter.id} exporter={exporter} onAsk={setAsked} />) ?? (
          <RowsWaiting rows={1} />
        )}
        {data?.items.length === 0 ? (
          <li className="flex h-[4.25rem] items-center px-4 text-sm text-muted">Nothing is sent anywhere yet.</li>
        ) : null}
      </ul>
      {asked?.kind === 'form' ? <ExporterDialog exporter={asked.exporter} onClose={close} /> : null}
      {asked?.kind === 'delete' && asked.exporter ? (
        <DeleteExporterDialog exporter={asked.exporter} onClose={close} />
      ) : null}
    </Card>
  );
}

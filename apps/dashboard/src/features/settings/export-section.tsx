'use client';

import { Skeleton, Trouble } from '../../ui/page.tsx';
import { Exporters } from '../exporter/exporters.tsx';
import { PrometheusCard } from '../exporter/prometheus-card.tsx';
import { LinkOutList } from '../link-out/link-out-list.tsx';
import { useIdentity, whyForbidden } from '../session/use-identity.ts';

/** What leaves Clawster for other tools, for those who may say so. */
export function ExportSection() {
  const identity = useIdentity();
  const forbidden = whyForbidden(identity, 'telemetry:manage');
  if (!identity) return <Skeleton className="h-72 w-full" />;
  if (forbidden) return <Trouble message={forbidden} />;
  return (
    <div className="space-y-5">
      <Exporters />
      <PrometheusCard />
      <LinkOutList />
    </div>
  );
}

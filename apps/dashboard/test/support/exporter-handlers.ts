import { randomUUID } from 'node:crypto';
import type { CreateExporter, Exporter } from '@clawster/contract/exporter';
import { type LinkOut, type LookedAt, whyNotLinkOut } from '@clawster/contract/link-out';
import { fillLinkOut } from '@clawster/domain/link-out/fill';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

export const exporterHandlers: Record<string, Handler> = {
  'exporters.list': ({ exporters }) => ({ items: exporters }),
  'exporters.create': (world, { headers, headersSecretId, ...settings }: CreateExporter) => {
    const hasHeaders = Boolean(headers ?? headersSecretId);
    const exporter: Exporter = { ...settings, ...nothingSent(), id: randomUUID(), hasHeaders };
    world.exporters.push(exporter);
    return exporter;
  },
  'exporters.update': (
    world,
    { exporterId, headers, headersSecretId, ...changes }: Partial<CreateExporter> & Named,
  ) => {
    const exporter = exporterOf(world, { exporterId });
    const isNew = Boolean(headers ?? headersSecretId);
    if (changes.endpoint !== exporter.endpoint && exporter.hasHeaders && !isNew)
      throw new Refused('refused', 'Enter the headers again', [
        { path: 'headers', message: 'Enter the headers again' },
      ]);
    return Object.assign(exporter, changes);
  },
  // Nothing listens at such a host.
  'exporters.test': (world, input: Named) =>
    exporterOf(world, input).endpoint.includes('away')
      ? {
          ok: false,
          message: 'away.example.com has no address: check the spelling of the address',
          durationMs: 12,
          traceId,
        }
      : { ok: true, message: 'It took the trace', status: 200, durationMs: 38, traceId },
  'exporters.resume': (world, input: Named) => {
    const exporter = exporterOf(world, input);
    for (const field of ['trouble', 'stoppedAt', 'nextTryAt'] as const) delete exporter[field];
    return exporter;
  },
  'exporters.delete': (world, { exporterId }: Named) => {
    world.exporters = world.exporters.filter(({ id }) => id !== exporterId);
    return {};
  },
  'linkOuts.list': ({ linkOuts }) => ({ items: linkOuts }),
  'linkOuts.at': ({ linkOuts }, at: LookedAt) => ({
    items: linkOuts.flatMap(({ name, url }) => {
      const filled = fillLinkOut(url, { ...at, otelTraceId: at.traceId && traceId });
      return filled ? [{ name, url: filled }] : [];
    }),
  }),
  'linkOuts.create': (world, { name, url }: { name: string; url: string }) => {
    const message = whyNotLinkOut(url);
    if (message) throw new Refused('invalid', message, [{ path: 'url', message }]);
    const link: LinkOut = { id: randomUUID(), name, url, createdAt: ago(0) };
    world.linkOuts.push(link);
    return link;
  },
  'linkOuts.update': (world, { linkOutId, ...changes }: { linkOutId: string; name?: string; url?: string }) =>
    Object.assign(world.linkOuts.find(({ id }) => id === linkOutId) ?? {}, changes),
  'linkOuts.delete': (world, { linkOutId }: { linkOutId: string }) => {
    world.linkOuts = world.linkOuts.filter(({ id }) => id !== linkOutId);
    return {};
  },
};

type Named = { exporterId: string };
const traceId = '5b8efff798038103d269b633813fc60c';
const nothingSent = () => ({ createdAt: ago(0), sentSpans: 0, rejectedSpans: 0 });

function exporterOf({ exporters }: World, { exporterId }: Named): Exporter {
  const exporter = exporters.find(({ id }) => id === exporterId);
  if (!exporter) throw new Refused('not-found', 'There is no such exporter in this workspace');
  return exporter;
}

/** One of every kind: one that goes well, one that is tried again, one that stopped. */
export function someExporters(): Exporter[] {
  const common = {
    traces: true,
    metrics: true,
    withText: false,
    percent: 100,
    hasHeaders: true,
    createdAt: ago(90_000),
  };
  return [
    {
      ...common,
      id: randomUUID(),
      name: 'Langfuse',
      endpoint: 'https://cloud.langfuse.com/api/public/otel',
      metrics: false,
      withText: true,
      sentSpans: 48_213,
      rejectedSpans: 0,
      sentAt: ago(3),
    },
    {
      ...common,
      id: randomUUID(),
      name: 'Grafana Cloud',
      endpoint: 'https://otlp-gateway-prod-eu-west-2.grafana.net/otlp',
      percent: 10,
      sentSpans: 4_790,
      rejectedSpans: 12,
      sentAt: ago(320),
      trouble: 'It answered 503: try again later',
      nextTryAt: ago(-80),
    },
    {
      ...common,
      id: randomUUID(),
      name: 'Collector',
      endpoint: 'http://otel-collector.internal:4318',
      sentSpans: 902,
      rejectedSpans: 0,
      sentAt: ago(26_000),
      trouble: 'otel-collector.internal:4318 refuses connections: check the port, and that the provider is running',
      stoppedAt: ago(18_000),
    },
  ];
}

export const someLinks = (): LinkOut[] => [
  {
    id: randomUUID(),
    name: 'Langfuse',
    url: 'https://cloud.langfuse.com/project/clawster/traces/{otelTraceId}',
    createdAt: ago(90_000),
  },
  {
    id: randomUUID(),
    name: 'Grafana',
    url: 'https://grafana.example.com/d/bots?var-bot={botId}',
    createdAt: ago(90_000),
  },
];

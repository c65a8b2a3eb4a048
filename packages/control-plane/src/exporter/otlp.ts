import type { ProtobufMetricsSerializer } from '@opentelemetry/otlp-transformer';
import type { StoredSpan } from './next-spans.ts';
import { type OtelResource, type OtelSpan, resourceAttributes, toOtelSpan, type Workspace } from './otel-span.ts';

export type OtelMetrics = Parameters<typeof ProtobufMetricsSerializer.serializeRequest>[0];

/** Loaded by the first that sends something: an installation that sends nothing goes without. */
const libraries = async () => {
  const [transformer, resources] = await Promise.all([
    import('@opentelemetry/otlp-transformer'),
    import('@opentelemetry/resources'),
  ]);
  return { ...transformer, ...resources };
};

/** Spans as a request of OTLP, those of a bot under one resource. */
export async function encodeSpans(spans: readonly StoredSpan[], workspace: Workspace): Promise<Uint8Array> {
  const { ProtobufTraceSerializer, resourceFromAttributes } = await libraries();
  const byBot = new Map<string, OtelResource>();
  const resourceOf = ({ botId, botName, teamName }: StoredSpan): OtelResource => {
    const known = byBot.get(botId);
    if (known) return known;
    const resource = resourceFromAttributes({
      ...resourceAttributes({ id: botId, name: botName }, workspace),
      // Of spans alone: figures that add up begin anew with another resource.
      ...(teamName === null ? {} : { 'clawster.team.name': teamName }),
    });
    byBot.set(botId, resource);
    return resource;
  };
  const all: OtelSpan[] = spans.map((span) => toOtelSpan(span, resourceOf(span)));
  return ProtobufTraceSerializer.serializeRequest(all) ?? new Uint8Array();
}

type BotMetrics = { bot: { id: string; name: string | null }; metrics: OtelMetrics['scopeMetrics'][number]['metrics'] };

/** Metrics of many bots as one request. Written one after the other, messages of protobuf are one with the lists of all. */
export async function encodeMetrics(bots: readonly BotMetrics[], workspace: Workspace): Promise<Uint8Array> {
  const { ProtobufMetricsSerializer, resourceFromAttributes } = await libraries();
  const parts = bots.map(({ bot, metrics }) =>
    ProtobufMetricsSerializer.serializeRequest({
      resource: resourceFromAttributes(resourceAttributes(bot, workspace)),
      scopeMetrics: [{ scope: { name: 'clawster' }, metrics }],
    }),
  );
  return Buffer.concat(parts.filter((part) => part !== undefined));
}

/** How many of what was sent the other side did not take, and what it said of it. */
export type Partial = { rejected: number; message?: string | undefined };

/** Reads what was answered to spans or metrics that were taken. */
export async function decodeAnswer(signal: 'traces' | 'metrics', body: Uint8Array): Promise<Partial> {
  const { ProtobufTraceSerializer, ProtobufMetricsSerializer } = await libraries();
  if (signal === 'traces') {
    const { partialSuccess } = ProtobufTraceSerializer.deserializeResponse(body);
    return { rejected: partialSuccess?.rejectedSpans ?? 0, message: partialSuccess?.errorMessage };
  }
  const { partialSuccess } = ProtobufMetricsSerializer.deserializeResponse(body);
  return { rejected: partialSuccess?.rejectedDataPoints ?? 0, message: partialSuccess?.errorMessage };
}

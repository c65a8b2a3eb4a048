import { type Attributes, SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { StoredSpan } from './next-spans.ts';
import { otelSpanId, otelTraceId } from './otel-id.ts';
import { attributesOf } from './otel-attributes.ts';

export type OtelSpan = Parameters<typeof ProtobufTraceSerializer.serializeRequest>[0][number];
export type OtelResource = OtelSpan['resource'];

/** What is told of a bot with all that it did. */
export function resourceAttributes(bot: { id: string; name: string | null }, workspace: Workspace): Attributes {
  return {
    'service.name': 'clawster',
    'service.version': workspace.version,
    // Apart for each bot: sums of two services of one name would be taken for one another.
    'service.instance.id': bot.id,
    'clawster.workspace': workspace.name,
    'clawster.workspace.id': workspace.id,
    'clawster.bot.id': bot.id,
    ...(bot.name === null ? {} : { 'clawster.bot.name': bot.name }),
  };
}
export type Workspace = { id: string; name: string; version: string };

/** Which part of the work a kind is. OpenClaw's own count of a call is left out: it would be a second of the same. */
const kinds: Readonly<Record<string, SpanKind>> = {
  turn: SpanKind.INTERNAL,
  'model-call': SpanKind.CLIENT,
  'tool-call': SpanKind.INTERNAL,
  delegation: SpanKind.INTERNAL,
  'message-in': SpanKind.CONSUMER,
  'message-out': SpanKind.PRODUCER,
};

export function isExported({ kind }: Pick<StoredSpan, 'kind'>): boolean {
  return Object.hasOwn(kinds, kind);
}

/** Of a span whose trace nobody knows, a trace of its own. */
export function otelTraceOf({ traceId, id, botId }: Pick<StoredSpan, 'traceId' | 'id' | 'botId'>): string {
  return otelTraceId(traceId ?? `${botId}/${id}`);
}

/** A stored span as OpenTelemetry's own serializer takes it, by the conventions for generative AI. */
export function toOtelSpan(span: StoredSpan, resource: OtelResource): OtelSpan {
  const context = { traceId: otelTraceOf(span), spanId: otelSpanId(span.id), traceFlags: 1 };
  const hasParent = span.parentId !== null && span.traceId !== null && span.parentId !== span.id;
  const at = span.at.getTime();
  return {
    name: nameOf(span),
    kind: kinds[span.kind] ?? SpanKind.INTERNAL,
    spanContext: () => context,
    ...(hasParent ? { parentSpanContext: { ...context, spanId: otelSpanId(span.parentId as string) } } : {}),
    startTime: timeOf(at),
    endTime: timeOf(at + span.durationMs),
    duration: timeOf(span.durationMs),
    status: statusOf(span),
    attributes: attributesOf(span),
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: { name: 'clawster' },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function nameOf({ kind, name, botName, channel }: StoredSpan): string {
  const words: Record<string, [string, string | null]> = {
    turn: ['invoke_agent', botName],
    'model-call': ['chat', name],
    'tool-call': ['execute_tool', name],
    'message-in': ['receive', channel],
    'message-out': ['send', channel],
  };
  const [verb, object] = words[kind] ?? [kind, name];
  return object ? `${verb} ${object}` : verb;
}

function statusOf({ outcome, failure }: StoredSpan): OtelSpan['status'] {
  if (outcome === 'ok') return { code: SpanStatusCode.UNSET };
  return { code: SpanStatusCode.ERROR, ...(failure === null ? {} : { message: failure }) };
}

/** Seconds and nanoseconds. */
export function timeOf(ms: number): [number, number] {
  const seconds = Math.floor(ms / 1_000);
  return [seconds, Math.round((ms - seconds * 1_000) * 1e6)];
}

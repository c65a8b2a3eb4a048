import { durationMsMax, spanData, tokensMax, type SpanKind, type SpanPerson, type SpanText } from '@clawster/link/span';
import type { TelemetryItem } from '@clawster/link/report';
import { z } from 'zod';

export type SpanOwner = { botId: string; workspaceId: string };

/** A telemetry item as it is stored. */
export type SpanRow = SpanOwner & {
  epoch: number;
  id: string;
  at: string;
  kind: string;
  sequence: number;
  traceId: string | null;
  parentId: string | null;
  session: string | null;
  channel: string;
  person: SpanPerson | null;
  name: string;
  outcome: string;
  failure: string | null;
  durationMs: number;
  responseId: string | null;
  connectorId: string;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens: number;
  cacheWriteTokens: number;
  costUsd: number | null;
  estimated: boolean;
  text: SpanText | null;
  data: Record<string, unknown>;
};

/** Beyond these a host lies: one number that no sum can hold must not keep all else it tells from being counted. */
const tokens = z.int().min(0).max(tokensMax);
const usdMax = 1_000_000;

const Tokens = z.object({
  inputTokens: tokens,
  outputTokens: tokens,
  cacheReadTokens: tokens.default(0),
  cacheWriteTokens: tokens.default(0),
});

/** What is counted of the model gateway's record of a call; another version of the supervisor may say less. */
const Call = z.object({
  id: z.string().min(1).max(300),
  startedAt: z.iso.datetime({ offset: true }),
  model: z.string().default(''),
  connectorId: z.string().optional(),
  channel: z.string().optional(),
  outcome: z.enum(['answered', 'failed', 'refused', 'aborted']).default('answered'),
  failure: z.string().optional(),
  responseId: z.string().optional(),
  usage: Tokens.optional(),
  estimated: Tokens.optional(),
  costUsd: z.number().min(0).max(usdMax).optional(),
  durationMs: z.number().min(0).max(durationMsMax).default(0),
});

/** Reads an item; one that is not as agreed is kept as it came, by its number, and counts nowhere. */
export function readSpan(item: TelemetryItem, { epoch, ...owner }: SpanOwner & { epoch: number }): SpanRow {
  const raw = { ...owner, ...rawRow(item, epoch) };
  if (item.kind === 'model-call') {
    const call = Call.safeParse(item.data);
    return call.success ? { ...raw, ...callRow(call.data) } : { ...raw, kind: unread(item.kind) };
  }
  if (!isSpanKind(item.kind)) return raw;
  const span = spanData[item.kind].safeParse(item.kind === 'model-message' ? messageOfBefore(item) : item.data);
  return span.success ? { ...raw, ...spanRow(span.data) } : { ...raw, kind: unread(item.kind) };
}

/** As a supervisor of before tells what OpenClaw counted. Accepted until the next minor version. */
function messageOfBefore({ at, data }: TelemetryItem): Record<string, unknown> {
  if (data['messageId'] === undefined && data['sessionKey'] === undefined) return data;
  const { messageId, sessionKey, runId, ...rest } = data;
  return { ...rest, id: messageId ?? data['responseId'], startedAt: at, session: sessionKey, traceId: runId };
}

/** Apart from its kind, so that nothing takes it for one that was read. */
function unread(kind: string): string {
  return `unread:${kind}`;
}

function isSpanKind(kind: string): kind is SpanKind {
  return Object.hasOwn(spanData, kind);
}

function rawRow({ sequence, at, kind, data }: TelemetryItem, epoch: number): Omit<SpanRow, keyof SpanOwner> {
  return {
    epoch,
    id: `${epoch}.${sequence}`,
    at,
    kind,
    sequence,
    traceId: null,
    parentId: null,
    session: null,
    channel: '',
    person: null,
    name: '',
    outcome: 'ok',
    failure: null,
    durationMs: 0,
    responseId: null,
    connectorId: '',
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    costUsd: null,
    estimated: false,
    text: null,
    data,
  };
}

function callRow(call: z.infer<typeof Call>): Partial<SpanRow> {
  return {
    id: call.id,
    // In the control plane's time, whatever the host's clock says.
    at: call.startedAt,
    name: call.model,
    channel: call.channel ?? '',
    connectorId: call.connectorId ?? '',
    outcome: call.outcome === 'answered' ? 'ok' : call.outcome,
    failure: call.failure ?? null,
    durationMs: Math.round(call.durationMs),
    responseId: call.responseId ?? null,
    costUsd: call.costUsd ?? null,
    estimated: call.estimated !== undefined,
    ...(call.usage ?? call.estimated),
  };
}

type Read = z.output<(typeof spanData)[SpanKind]>;

function spanRow(span: Read): Partial<SpanRow> {
  const usage = 'usage' in span ? span.usage : undefined;
  return {
    id: span.id,
    at: span.startedAt,
    traceId: span.traceId ?? null,
    parentId: span.parentId ?? null,
    session: span.session ?? null,
    channel: span.channel ?? '',
    person: span.person ?? null,
    name: nameOf(span),
    outcome: span.outcome,
    failure: span.failure ?? null,
    durationMs: Math.round(span.durationMs),
    responseId: 'responseId' in span ? (span.responseId ?? null) : null,
    ...(usage && {
      inputTokens: Math.round(usage.input),
      outputTokens: Math.round(usage.output),
      cacheReadTokens: Math.round(usage.cacheRead),
      cacheWriteTokens: Math.round(usage.cacheWrite),
    }),
    text: span.text ?? null,
    data: restOf(span),
  };
}

/** What has no column of its own. */
function restOf(span: Read): Record<string, unknown> {
  if ('toolCalls' in span) {
    const { tools, toolCalls, repeats, modelCalls } = span;
    return { tools, toolCalls, repeats, modelCalls };
  }
  const digest = 'digest' in span && span.digest !== undefined ? { digest: span.digest } : {};
  return 'characters' in span && span.characters !== undefined ? { characters: span.characters, ...digest } : digest;
}

function nameOf(span: Read): string {
  if ('model' in span) return span.model;
  return 'name' in span ? span.name : '';
}

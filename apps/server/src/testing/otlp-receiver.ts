import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import {
  attributesIn,
  decodeMetrics,
  type DecodedMetric,
  type DecodedPoint,
  type DecodedSpan,
  decodeTraces,
} from './otlp-schema.ts';

type Attributes = Record<string, string | number | boolean>;
export type ReceivedSpan = Omit<DecodedSpan, 'attributes'> & {
  attributes: Attributes;
  resource: Attributes;
  times: number;
};
export type ReceivedMetric = { metric: DecodedMetric; resource: Attributes };
type Answer = { status: number; headers?: Record<string, string>; body?: string | Uint8Array; waitMs?: number };

export type OtlpReceiver = {
  endpoint: string;
  /** By trace and span id: what came twice is one. */
  spans: Map<string, ReceivedSpan>;
  /** Those of the newest request. */
  metrics: ReceivedMetric[];
  requests: { path: string; headers: IncomingHttpHeaders }[];
  /** What was refused, for it is no OTLP. */
  refused: string[];
  /** Answers in place of the receiver while it is set; what it answers otherwise than 2xx to is not taken. */
  answer: ((asked: number) => Answer | undefined) | undefined;
  /** Breaks off all connections and takes none. */
  kill(): Promise<void>;
  /** Takes connections again, at the same address. */
  revive(): Promise<void>;
};

/** A receiver of OTLP over HTTP that takes what a collector takes, refuses what one refuses, and counts every span. */
export async function otlpReceiver(): Promise<OtlpReceiver> {
  let server: Server | undefined;
  let port = 0;
  const receiver: OtlpReceiver = {
    endpoint: '',
    spans: new Map(),
    metrics: [],
    requests: [],
    refused: [],
    answer: undefined,
    async kill() {
      const closing = server;
      server = undefined;
      await new Promise<void>((resolve) => {
        if (!closing) return resolve();
        closing.close(() => resolve());
        closing.closeAllConnections();
      });
    },
    async revive() {
      server = createServer((request, response) => void receive(receiver, request, response));
      await new Promise<void>((resolve) => server?.listen(port, '127.0.0.1', resolve));
      port = (server.address() as AddressInfo).port;
    },
  };
  await receiver.revive();
  receiver.endpoint = `http://127.0.0.1:${port}`;
  return receiver;
}

async function receive(receiver: OtlpReceiver, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  receiver.requests.push({ path: request.url ?? '', headers: request.headers });
  const said = receiver.answer?.(receiver.requests.length);
  if (said?.waitMs) await new Promise((resolve) => setTimeout(resolve, said.waitMs));
  const wrong = said && said.status >= 300 ? undefined : take(receiver, request, Buffer.concat(parts));
  if (wrong) receiver.refused.push(wrong);
  const answer: Answer = wrong ? { status: 400, body: wrong } : (said ?? { status: 200 });
  response
    .writeHead(answer.status, { 'content-type': 'application/x-protobuf', ...answer.headers })
    .end(answer.body ?? '');
}

/** Takes what came, or returns what is wrong with it. */
function take(receiver: OtlpReceiver, { url, headers }: IncomingMessage, body: Buffer): string | undefined {
  if (headers['content-type'] !== 'application/x-protobuf') return 'Another content type';
  if (headers['content-encoding'] !== 'gzip') return 'Not compressed';
  try {
    const plain = gunzipSync(body);
    if (url === '/v1/traces') takeSpans(receiver, plain);
    else if (url === '/v1/metrics') takeMetrics(receiver, plain);
    else return 'Another path';
  } catch (error) {
    return String(error);
  }
  return undefined;
}

function takeSpans(receiver: OtlpReceiver, body: Buffer): void {
  for (const { resource, scopeSpans } of decodeTraces(body).resourceSpans)
    for (const span of scopeSpans.flatMap(({ spans }) => spans)) {
      const wrong = whyNotSpan(span);
      if (wrong) throw new Error(`${wrong} of ${JSON.stringify(span)}`);
      const key = `${span.traceId}:${span.spanId}`;
      const times = (receiver.spans.get(key)?.times ?? 0) + 1;
      const attributes = attributesIn(span.attributes);
      receiver.spans.set(key, { ...span, attributes, resource: attributesIn(resource.attributes), times });
    }
}

function whyNotSpan({ traceId, spanId, parentSpanId, ...span }: DecodedSpan): string | undefined {
  const isId = (id: string, bytes: number) => id.length === bytes * 2 && !/^0+$/.test(id);
  if (!isId(traceId, 16)) return 'The trace id';
  if (!isId(spanId, 8)) return 'The span id';
  if (parentSpanId && (!isId(parentSpanId, 8) || parentSpanId === spanId)) return 'The parent';
  if (!span.name) return 'The name';
  if (!(span.kind >= 1 && span.kind <= 5)) return 'The kind';
  if (BigInt(span.endTimeUnixNano) < BigInt(span.startTimeUnixNano)) return 'The end';
  return undefined;
}

function takeMetrics(receiver: OtlpReceiver, body: Buffer): void {
  const received = decodeMetrics(body).resourceMetrics.flatMap(({ resource, scopeMetrics }) =>
    scopeMetrics.flatMap(({ metrics }) =>
      metrics.map((metric) => ({ metric, resource: attributesIn(resource.attributes) })),
    ),
  );
  for (const { metric } of received) {
    const { dataPoints, aggregationTemporality } = metric.sum ?? metric.histogram ?? { dataPoints: [] };
    if (dataPoints.length === 0 || aggregationTemporality !== 2) throw new Error(`The sums of ${metric.name}`);
    if (metric.sum && !metric.sum.isMonotonic) throw new Error(`Sums that fall of ${metric.name}`);
    if (!dataPoints.every(isPoint)) throw new Error(`A point of ${metric.name}`);
    if (metric.histogram && !dataPoints.every(isHistogram)) throw new Error(`A histogram of ${metric.name}`);
  }
  receiver.metrics = received;
}

function isPoint({ startTimeUnixNano, timeUnixNano, attributes }: DecodedPoint): boolean {
  attributesIn(attributes);
  return BigInt(startTimeUnixNano) > 0n && BigInt(startTimeUnixNano) <= BigInt(timeUnixNano);
}

function isHistogram({ count, bucketCounts, explicitBounds }: DecodedPoint): boolean {
  const all = bucketCounts.reduce((sum, one) => sum + BigInt(one), 0n);
  const isRising = explicitBounds.every((bound, place) => place === 0 || bound > (explicitBounds[place - 1] as number));
  return all === BigInt(count) && bucketCounts.length === explicitBounds.length + 1 && isRising;
}

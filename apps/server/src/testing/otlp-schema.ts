import protobuf from 'protobufjs';

type Fields = Record<string, { id: number; type: string; rule?: 'repeated'; oneof?: true }>;
const one = (id: number, type: string) => ({ id, type });
const many = (id: number, type: string) => ({ id, type, rule: 'repeated' as const });
const message = (fields: Fields) => ({ fields });

/** The messages of opentelemetry-proto 1.x that exporters send, by the numbers of their fields there. */
const root = protobuf.Root.fromJSON({
  nested: {
    AnyValue: {
      oneofs: { value: { oneof: ['stringValue', 'boolValue', 'intValue', 'doubleValue'] } },
      fields: {
        stringValue: one(1, 'string'),
        boolValue: one(2, 'bool'),
        intValue: one(3, 'int64'),
        doubleValue: one(4, 'double'),
      },
    },
    KeyValue: message({ key: one(1, 'string'), value: one(2, 'AnyValue') }),
    Scope: message({ name: one(1, 'string'), version: one(2, 'string') }),
    Resource: message({ attributes: many(1, 'KeyValue') }),
    Status: message({ message: one(2, 'string'), code: one(3, 'int32') }),
    Span: message({
      traceId: one(1, 'bytes'),
      spanId: one(2, 'bytes'),
      parentSpanId: one(4, 'bytes'),
      name: one(5, 'string'),
      kind: one(6, 'int32'),
      startTimeUnixNano: one(7, 'fixed64'),
      endTimeUnixNano: one(8, 'fixed64'),
      attributes: many(9, 'KeyValue'),
      status: one(15, 'Status'),
    }),
    ScopeSpans: message({ scope: one(1, 'Scope'), spans: many(2, 'Span') }),
    ResourceSpans: message({ resource: one(1, 'Resource'), scopeSpans: many(2, 'ScopeSpans') }),
    TraceRequest: message({ resourceSpans: many(1, 'ResourceSpans') }),
    TracePartial: message({ rejectedSpans: one(1, 'int64'), errorMessage: one(2, 'string') }),
    TraceAnswer: message({ partialSuccess: one(1, 'TracePartial') }),
    NumberPoint: message({
      startTimeUnixNano: one(2, 'fixed64'),
      timeUnixNano: one(3, 'fixed64'),
      asDouble: one(4, 'double'),
      asInt: one(6, 'sfixed64'),
      attributes: many(7, 'KeyValue'),
    }),
    Sum: message({
      dataPoints: many(1, 'NumberPoint'),
      aggregationTemporality: one(2, 'int32'),
      isMonotonic: one(3, 'bool'),
    }),
    HistogramPoint: message({
      startTimeUnixNano: one(2, 'fixed64'),
      timeUnixNano: one(3, 'fixed64'),
      count: one(4, 'fixed64'),
      sum: one(5, 'double'),
      bucketCounts: many(6, 'fixed64'),
      explicitBounds: many(7, 'double'),
      attributes: many(9, 'KeyValue'),
    }),
    Histogram: message({ dataPoints: many(1, 'HistogramPoint'), aggregationTemporality: one(2, 'int32') }),
    Metric: message({
      name: one(1, 'string'),
      unit: one(3, 'string'),
      sum: one(7, 'Sum'),
      histogram: one(9, 'Histogram'),
    }),
    ScopeMetrics: message({ scope: one(1, 'Scope'), metrics: many(2, 'Metric') }),
    ResourceMetrics: message({ resource: one(1, 'Resource'), scopeMetrics: many(2, 'ScopeMetrics') }),
    MetricsRequest: message({ resourceMetrics: many(1, 'ResourceMetrics') }),
  },
});

type KeyValue = { key: string; value?: Record<string, string | number | boolean> };
export type DecodedSpan = {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  startTimeUnixNano: string;
  endTimeUnixNano: string;
  attributes: KeyValue[];
  status?: { message: string; code: number };
};
export type DecodedPoint = {
  startTimeUnixNano: string;
  timeUnixNano: string;
  attributes: KeyValue[];
  asDouble: number;
  asInt: string;
  count: string;
  sum: number;
  bucketCounts: string[];
  explicitBounds: number[];
};
type Points = { dataPoints: DecodedPoint[]; aggregationTemporality: number };
export type DecodedMetric = {
  name: string;
  unit: string;
  sum?: Points & { isMonotonic: boolean };
  histogram?: Points;
};
type Resource = { attributes: KeyValue[] };
export type DecodedTraces = {
  resourceSpans: { resource: Resource; scopeSpans: { spans: DecodedSpan[] }[] }[];
};
export type DecodedMetrics = {
  resourceMetrics: { resource: Resource; scopeMetrics: { metrics: DecodedMetric[] }[] }[];
};

/** Reads a request; throws when its bytes are none. Ids are in hexadecimal, numbers of 64 bits are text. */
export function decodeTraces(body: Uint8Array): DecodedTraces {
  const decoded = decoded64('TraceRequest', body) as unknown as DecodedTraces;
  for (const span of decoded.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)))
    for (const id of ['traceId', 'spanId', 'parentSpanId'] as const)
      span[id] = Buffer.from(span[id] ?? '', 'base64').toString('hex');
  return decoded;
}

export function decodeMetrics(body: Uint8Array): DecodedMetrics {
  return decoded64('MetricsRequest', body) as unknown as DecodedMetrics;
}

function decoded64(type: string, body: Uint8Array): Record<string, unknown> {
  const found = root.lookupType(type);
  return found.toObject(found.decode(body), { longs: String, bytes: String, defaults: false, arrays: true });
}

/** An answer that says so many spans were not taken. */
export function partialAnswer(rejectedSpans: number, errorMessage: string): Uint8Array {
  return root.lookupType('TraceAnswer').encode({ partialSuccess: { rejectedSpans, errorMessage } }).finish();
}

/** Attributes by name; one that is there twice is a fault. */
export function attributesIn(pairs: KeyValue[]): Record<string, string | number | boolean> {
  const found = new Map<string, string | number | boolean>();
  for (const { key, value } of pairs) {
    const [kind, held] = Object.entries(value ?? {})[0] ?? [];
    if (!key || kind === undefined || held === undefined || found.has(key)) throw new Error(`The attribute "${key}"`);
    found.set(key, kind === 'intValue' ? Number(held) : held);
  }
  return Object.fromEntries(found);
}

import { z } from 'zod';
import { Empty, Id, Timestamp } from './page.ts';
import { route } from './route.ts';

const ExporterName = z.string().trim().min(1, 'Name the tool, such as Langfuse').max(80);

/** Where OTLP/HTTP is spoken; `/v1/traces` and `/v1/metrics` are added to it. */
export const ExporterEndpoint = z
  .url({ protocol: /^https?$/, error: 'Enter an address such as https://otel.example.com' })
  .max(2_000)
  .refine((url) => !/^https?:\/\/[^/]*@/.test(url), 'Leave name and password out of the address: they are headers')
  .refine((url) => !/[?#]/.test(url), 'Leave out what begins with ? or #')
  .transform((url) => url.replace(/\/+$/, '').replace(/\/v1\/(traces|metrics)$/, ''));

/** One to a line, as in `Authorization: Bearer abc`. */
export const ExporterHeaders = z
  .string()
  .transform((text) => text.trim())
  .pipe(
    z
      .string()
      .min(1, 'Enter the headers')
      .max(4_000)
      .regex(
        /^[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*[^\s](\r?\n[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n]*[^\s])*$/,
        'Write each header on a line of its own, such as Authorization: Bearer abc',
      ),
  );

const settings = {
  name: ExporterName,
  endpoint: ExporterEndpoint,
  traces: z.boolean(),
  metrics: z.boolean(),
  /** Whether what was said goes along, where the workspace keeps it. */
  withText: z.boolean(),
  /** Of a hundred traces so many are sent, whole or not at all; metrics count all of them. */
  percent: z.number().min(0.01, 'Send 0.01 % at least').max(100),
};

export const Exporter = z.object({
  id: Id,
  ...settings,
  endpoint: z.string(),
  hasHeaders: z.boolean(),
  createdAt: Timestamp,
  /** When something was last taken. */
  sentAt: Timestamp.optional(),
  sentSpans: z.int(),
  /** Spans the other side did not take for what is in them. */
  rejectedSpans: z.int(),
  /** Why the last try failed; absent when it did not. */
  trouble: z.string().optional(),
  /** When the next try is, after one that failed. */
  nextTryAt: Timestamp.optional(),
  /** Since when nothing is tried any more, for it failed too often: it goes on where it stopped once it is resumed. */
  stoppedAt: Timestamp.optional(),
});
export type Exporter = z.infer<typeof Exporter>;

/** What the other side said to one trace that was made up. */
export const ExporterTest = z.object({
  ok: z.boolean(),
  /** What came of it and what to do, in a sentence. */
  message: z.string(),
  status: z.int().optional(),
  /** The beginning of what it answered. */
  answer: z.string().optional(),
  durationMs: z.int(),
  /** By it the trace is found there. */
  traceId: z.string(),
});
export type ExporterTest = z.infer<typeof ExporterTest>;

/** Headers are given as they are, or as a secret that is kept already. */
const headers = { headers: ExporterHeaders.optional(), headersSecretId: Id.optional() };

export const CreateExporter = z.object({
  ...settings,
  traces: settings.traces.default(true),
  metrics: settings.metrics.default(true),
  withText: settings.withText.default(false),
  percent: settings.percent.default(100),
  ...headers,
});
export type CreateExporter = z.infer<typeof CreateExporter>;

const One = z.object({ exporterId: Id });

export const exporters = {
  list: route({
    method: 'GET',
    path: '/exporters',
    permission: 'telemetry:manage',
    summary: 'Tools that traces and metrics are sent to over OpenTelemetry, and how it goes',
    input: Empty,
    output: z.object({ items: z.array(Exporter) }),
  }),
  create: route({
    method: 'POST',
    path: '/exporters',
    permission: 'telemetry:manage',
    summary: 'Send what bots do from now on to another tool',
    input: CreateExporter,
    output: Exporter,
  }),
  update: route({
    method: 'PATCH',
    path: '/exporters/{exporterId}',
    permission: 'telemetry:manage',
    summary:
      'Change where and what is sent; another address asks for the headers again. What was stopped is tried at once',
    input: One.extend({
      name: settings.name.optional(),
      endpoint: settings.endpoint.optional(),
      traces: settings.traces.optional(),
      metrics: settings.metrics.optional(),
      withText: settings.withText.optional(),
      percent: settings.percent.optional(),
      ...headers,
    }),
    output: Exporter,
  }),
  test: route({
    method: 'POST',
    path: '/exporters/{exporterId}/test',
    permission: 'telemetry:manage',
    summary: 'Send one made-up trace now, and show what the other side answered',
    input: One,
    output: ExporterTest,
  }),
  resume: route({
    method: 'POST',
    path: '/exporters/{exporterId}/resume',
    permission: 'telemetry:manage',
    summary: 'Try again at once, from where it stopped',
    input: One,
    output: Exporter,
  }),
  delete: route({
    method: 'DELETE',
    path: '/exporters/{exporterId}',
    permission: 'telemetry:manage',
    summary: 'Send nothing there any more; what was sent stays there',
    input: One,
    output: Empty,
  }),
};

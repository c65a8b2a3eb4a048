import { randomUUID } from 'node:crypto';
import { api } from '@clawster/contract/api';
import type { ExporterTest } from '@clawster/contract/exporter';
import type { Caller } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { getExporter } from './exporter.queries.ts';
import type { StoredSpan } from './next-spans.ts';
import { otelTraceId } from './otel-id.ts';
import { encodeSpans } from './otlp.ts';
import { receiverOf, workspaceOf } from './receiver-of.ts';
import { sendOtlp, type Sent } from './send-otlp.ts';

/** Sends one made-up trace now, outside of any transaction, and tells what the other side answered. */
export async function testExporter(plane: ControlPlane, caller: Caller, raw: unknown): Promise<ExporterTest> {
  const admitted = admit(api.exporters.test, caller);
  const { exporterId } = parseInput(api.exporters.test, raw);
  const { workspaceId } = admitted;
  const { receiver, workspace } = await readAs(plane, admitted, async (tx) => ({
    receiver: await receiverOf(tx, plane, await getExporter(tx, exporterId)),
    workspace: await workspaceOf(tx, plane, workspaceId),
  }));
  const traceId = `clawster-test-${randomUUID()}`;
  const begun = performance.now();
  const sent: Sent =
    typeof receiver === 'string'
      ? { trouble: receiver, rejected: 0 }
      : await sendOtlp(receiver, 'traces', await encodeSpans(madeUp(traceId), workspace));
  const outcome = {
    ...toldOf(sent),
    durationMs: Math.round(performance.now() - begun),
    traceId: otelTraceId(traceId),
  };
  return recordTested(outcome)(plane, caller, raw);
}

/** What came of a trace of two spans, in a sentence. */
function toldOf({
  trouble,
  rejected,
  status,
  answer,
}: Sent): Pick<ExporterTest, 'ok' | 'message' | 'status' | 'answer'> {
  const said = { ...(status === undefined ? {} : { status }), ...(answer ? { answer } : {}) };
  if (trouble) return { ok: false, message: trouble, ...said };
  if (rejected > 0) return { ok: false, message: `It answered, and took ${2 - rejected} of 2 spans`, ...said };
  return { ok: true, message: 'It took the trace', ...said };
}

const recordTested = (outcome: ExporterTest) =>
  command(api.exporters.test, async ({ tx, record }, { exporterId }) => {
    const { name } = await getExporter(tx, exporterId);
    const { ok, message } = outcome;
    await record({ type: 'exporter-tested', subjectId: exporterId, subjectName: name, detail: { ok, message } });
    return outcome;
  });

/** A turn with a call, of a bot that is none. */
function madeUp(traceId: string): StoredSpan[] {
  const turn: StoredSpan = {
    id: traceId,
    botId: 'clawster-test',
    botName: 'Clawster test',
    teamName: null,
    at: new Date(Date.now() - 2_000),
    kind: 'turn',
    traceId,
    parentId: null,
    session: 'clawster-test',
    channel: 'clawster',
    person: null,
    name: '',
    outcome: 'ok',
    failure: null,
    durationMs: 2_000,
    responseId: null,
    provider: null,
    inputTokens: 0,
    outputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    costUsd: null,
    estimated: false,
    text: null,
    xid: '0',
    number: 0,
    waits: false,
  };
  const call = { kind: 'model-call', name: 'clawster-test', inputTokens: 12, outputTokens: 34, durationMs: 1_000 };
  return [turn, { ...turn, ...call, id: `${traceId}-call`, parentId: traceId, costUsd: 0 }];
}

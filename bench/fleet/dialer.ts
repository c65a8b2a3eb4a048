import { createPrivateKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { backoffMs } from '../../apps/supervisor/src/link/backoff.ts';
import { readyReport } from '../../apps/server/src/seed/stand-in-report.ts';
import { type Identity, StandInSupervisor } from '../../apps/server/src/seed/stand-in-supervisor.ts';
import { modelCall } from './model-call.ts';

export type Order =
  | { do: 'begin'; url: string; botIds: string[]; publicKey: string; privateKey: string; localAddress: string }
  | { do: 'tell-when-linked' }
  /** Each sends so many batches of so many items, the next when the one before is acknowledged and `everyMs` have passed. */
  | { do: 'send-telemetry'; batches: number; items: number; everyMs?: number };
/** `waitsMs`: how long each batch waited for its acknowledgement. */
export type Answer = { trouble?: string; waitsMs?: number[] };

const links = new Map<string, StandInSupervisor>();
const acknowledgements = new Map<string, (sequence: number) => void>();
let wanted = 0;

process.on('message', (order: Order) => {
  const answer = (said: Answer) => process.send?.(said);
  if (order.do === 'begin') return begin(order);
  const done = order.do === 'tell-when-linked' ? whenLinked() : sendTelemetry(order);
  done.then(
    (waitsMs) => answer(waitsMs ? { waitsMs } : {}),
    (error: unknown) => answer({ trouble: String(error) }),
  );
});

function begin({ botIds, publicKey, privateKey, ...rest }: Extract<Order, { do: 'begin' }>): void {
  const identity: Identity = { publicKey, privateKey: createPrivateKey(privateKey) };
  wanted = botIds.length;
  for (const botId of botIds) void keepLinked(botId, { identity, ...rest });
}

/** As a real supervisor does: again and again, with its waits. */
async function keepLinked(
  botId: string,
  { url, ...options }: { identity: Identity; url: string; localAddress: string },
): Promise<void> {
  // The first of all do not come at once; those that lost a link do.
  await sleep(Math.random() * wanted);
  for (let attempt = 0; ; attempt += 1) {
    try {
      const link = await StandInSupervisor.dialIn(url, {
        ...options,
        botId,
        heartbeatMs: 10_000,
        forgetful: true,
        behaviour: { reportAfterConfigure: () => undefined },
        onAcknowledged: (sequence) => acknowledgements.get(botId)?.(sequence),
      });
      links.set(botId, link);
      link.report(readyReport(1));
      attempt = 0;
      await link.closed;
      links.delete(botId);
    } catch {
      // Comes again, as after a lost link.
    }
    await sleep(Math.max(1_000, backoffMs(attempt, { firstMs: 500, lastMs: 10_000 })));
  }
}

async function whenLinked(): Promise<void> {
  while (links.size < wanted) await sleep(20);
}

const telemetryEpoch = Date.now();
let sequence = 0;

async function sendTelemetry({
  batches,
  items,
  everyMs = 0,
}: Extract<Order, { do: 'send-telemetry' }>): Promise<number[]> {
  const waitsMs: number[] = [];
  await Promise.all(
    [...links].map(async ([botId, link]) => {
      await sleep(Math.random() * everyMs);
      for (let batch = 0; batch < batches; batch += 1) {
        const stored = new Promise<void>((resolve) => acknowledgements.set(botId, () => resolve()));
        const sentAt = performance.now();
        link.send({ type: 'event', event: 'telemetry', payload: batchOf(items) });
        await stored;
        const waitedMs = performance.now() - sentAt;
        waitsMs.push(waitedMs);
        if (everyMs > waitedMs) await sleep(everyMs - waitedMs);
      }
    }),
  );
  return waitsMs;
}

function batchOf(count: number) {
  const at = new Date().toISOString();
  return {
    epoch: telemetryEpoch,
    dropped: 0,
    items: Array.from({ length: count }, () => {
      const id = `${process.pid}-${(sequence += 1)}`;
      return { sequence, at, kind: 'model-call', data: { id, startedAt: at, responseId: `r-${id}`, ...modelCall } };
    }),
  };
}

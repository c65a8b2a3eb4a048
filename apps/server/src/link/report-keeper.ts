import { storeReports, type ReceivedReport } from '@clawster/control-plane/link/store-report';
import type { ControlPlane } from '@clawster/control-plane/plane';
import type { Report } from '@clawster/link/report';

const newsMs = 50;
const routineMs = 2_000;

export type ReportKeeper = {
  take(link: { botId: string; epoch: number }, report: Report): void;
  stop(): Promise<void>;
};

/** Stores the last report of each bot, many in one write: news at once, what only says "still so" every two seconds. */
export function reportKeeper(plane: ControlPlane): ReportKeeper {
  const waiting = new Map<string, ReceivedReport>();
  const told = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let dueAt = Infinity;
  let writing = Promise.resolve();

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    dueAt = Infinity;
    const batch = [...waiting.values()];
    waiting.clear();
    writing = writing
      .then(() => storeReports(plane, batch))
      .catch((error: unknown) => {
        plane.log('error', 'Reports could not be stored', {
          count: batch.length,
          error: error instanceof Error ? error.message : String(error),
        });
        // Told again with the next report, or the loop would never hear of it.
        for (const { botId } of batch) told.delete(botId);
      });
    return writing;
  }

  function schedule(ms: number): void {
    if (performance.now() + ms >= dueAt) return;
    clearTimeout(timer);
    dueAt = performance.now() + ms;
    timer = setTimeout(flush, ms);
  }

  return {
    take({ botId, epoch }, report) {
      const gist = gistOf(epoch, report);
      const news = told.get(botId) !== gist || waiting.get(botId)?.news === true;
      told.set(botId, gist);
      waiting.set(botId, { botId, epoch, report, news });
      schedule(news ? newsMs : routineMs);
    },
    async stop() {
      await flush();
    },
  };
}

/** What the loop has to look at; times and memory move all the while. */
function gistOf(epoch: number, report: Report): string {
  const { generation, state, reason, restartCount, steps, evidence, applied, refused, drift } = report;
  const { channels = [], proofs = [] } = report;
  return JSON.stringify([
    epoch,
    generation,
    state,
    reason,
    restartCount,
    applied?.generation,
    refused,
    drift?.at,
    steps.map((step) => [step.name, step.state, step.detail]),
    evidence.map((one) => [one.source, one.ok, one.text]),
    channels.map((one) => [one.channel, one.account, one.state, one.detail, one.linkedAs]),
    proofs,
  ]);
}

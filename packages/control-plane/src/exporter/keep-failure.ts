import { sql } from 'kysely';
import { change, keep } from '../change.ts';
import type { ControlPlane } from '../plane.ts';
import type { Tx } from '../transaction.ts';
import type { ExporterRow } from './exporter.queries.ts';

const firstWaitSeconds = 5;
const waitSecondsMax = 300;
/** Whoever asks for more is not asked before either, and no later than this. */
const retryAfterSecondsMax = 3_600;
/** With the waits in between, about two hours. */
export const failuresMax = 30;

/** Keeps why a try failed and when the next one is: later each time. One that failed too often stops, and that is told. */
export async function keepFailure(
  plane: ControlPlane,
  { id, name, workspaceId, failures: before }: ExporterRow,
  { trouble, retryAfterSeconds = 0 }: { trouble: string; retryAfterSeconds?: number },
): Promise<void> {
  const failures = before + 1;
  plane.log('warn', 'Telemetry could not be exported', { exporter: id, trouble, failures });
  const backOff = Math.min(waitSecondsMax, firstWaitSeconds * 2 ** (failures - 1));
  const waitSeconds = Math.max(backOff, Math.min(retryAfterSeconds, retryAfterSecondsMax));
  const write = (tx: Tx, isOver: boolean) =>
    tx
      .updateTable('exporter')
      .set({
        failures,
        trouble,
        nextTryAt: sql<Date>`now() + make_interval(secs => ${waitSeconds})`,
        ...(isOver ? { stoppedAt: sql<Date>`now()` } : {}),
      })
      .where('id', '=', id)
      .execute();
  if (failures < failuresMax) return void (await keep(plane, (tx) => write(tx, false)));
  await change(plane, { workspaceId, job: 'export-telemetry' }, async ({ tx, record }) => {
    await write(tx, true);
    await record({ type: 'exporter-stopped', subjectId: id, subjectName: name, detail: { trouble, failures } });
  });
}

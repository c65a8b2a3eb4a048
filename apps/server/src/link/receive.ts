import { isDatabaseAway } from '@clawster/database/away';
import type { ControlPlane } from '@clawster/control-plane/plane';
import type { EventFrame } from '@clawster/link/frame';
import { readFrame } from '@clawster/link/read-frame';
import { partEvent, Report, reportEvent, TelemetryBatch, telemetryEvent } from '@clawster/link/report';
import type { WebSocket } from 'ws';
import { supervisorAnswers } from './answer-supervisor.ts';
import type { LinkConnection } from './link-connection.ts';
import type { ReportKeeper } from './report-keeper.ts';
import type { TelemetryKeeper } from './telemetry-keeper.ts';

/** The code of WebSocket for a frame that breaks the agreement. */
const notAsAgreed = 1008;
/** Batches waiting to be stored before the socket is no longer read: the spool keeps what is not acknowledged. */
const batchesWaitingMax = 4;

/** A link that is open: its socket, what is asked over it, and where its reports go. */
export type Opened = {
  socket: WebSocket;
  connection: LinkConnection;
  reports: ReportKeeper;
  telemetry: TelemetryKeeper;
  /** Batches since the start, of all links. */
  batches: { stored: number; failed: number };
};

/** Takes in what a supervisor sends once it is let in; a frame that is not as agreed ends the link, nobody else's. */
export function receive(plane: ControlPlane, opened: Opened): void {
  const { socket, connection, reports } = opened;
  const storeBatch = batchStore(plane, socket, opened);
  const answer = supervisorAnswers(plane, connection.link);
  socket.on('message', (data, isBinary) => {
    connection.lastHeardAt = performance.now();
    const frame = isBinary ? undefined : readFrame(data);
    if (!frame) return connection.close(notAsAgreed, 'A frame was not as agreed');
    switch (frame.type) {
      case 'res':
        return connection.answered(frame);
      case 'event':
        return take(frame);
      case 'req':
        return void answer(frame).then((response) => connection.send(response));
      case 'ack':
        return undefined;
    }
  });

  function take({ event, request, payload }: EventFrame): void {
    if (event === partEvent) return connection.part(request, payload);
    if (event === reportEvent) {
      const report = Report.safeParse(payload);
      return report.success
        ? reports.take(connection.link, report.data)
        : connection.close(notAsAgreed, 'A report was not as agreed');
    }
    if (event === telemetryEvent) {
      const batch = TelemetryBatch.safeParse(payload);
      return batch.success
        ? storeBatch(batch.data)
        : connection.close(notAsAgreed, 'A telemetry batch was not as agreed');
    }
  }
}

/** Stores batches in the order they came, and acknowledges each after its COMMIT and not before. */
function batchStore(
  plane: ControlPlane,
  socket: WebSocket,
  { connection, telemetry, batches: counts }: Pick<Opened, 'connection' | 'telemetry' | 'batches'>,
): (batch: TelemetryBatch) => void {
  const { botId, workspaceId } = connection.link;
  let waiting = 0;
  let last = Promise.resolve();
  return (batch) => {
    waiting += 1;
    if (waiting >= batchesWaitingMax) {
      connection.isPaused = true;
      socket.pause();
    }
    last = last
      .then(() => telemetry.store({ botId, workspaceId, batch }))
      .then(() => {
        counts.stored += 1;
        acknowledge(connection, batch);
      })
      .catch((error: unknown) => {
        counts.failed += 1;
        // The spool sends it again. That the database is away is told once, not by every bot.
        if (isDatabaseAway(error)) return;
        plane.log('error', 'Telemetry could not be stored', {
          botId: connection.link.botId,
          error: error instanceof Error ? error.message : String(error),
        });
      })
      .finally(() => {
        waiting -= 1;
        if (waiting >= batchesWaitingMax || !connection.isPaused) return;
        connection.isPaused = false;
        connection.lastHeardAt = performance.now();
        if (socket.readyState === socket.OPEN) socket.resume();
      });
  };
}

function acknowledge(connection: LinkConnection, { epoch, items }: TelemetryBatch): void {
  const sequence = items.at(-1)?.sequence;
  if (sequence !== undefined) connection.send({ type: 'ack', epoch, sequence });
}

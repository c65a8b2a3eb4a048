import { setTimeout as sleep } from 'node:timers/promises';
import { framePayloadBytesMax, linkPath } from '@clawster/link/frame';
import { closeCode, type Welcome } from '@clawster/link/handshake';
import { partEvent, reportEvent, telemetryEvent } from '@clawster/link/report';
import type { Report } from '@clawster/link/report';
import WebSocket from 'ws';
import { linkAgent } from '../host/way-out.ts';
import type { Identity } from '../identity.ts';
import type { ObeyedCopy } from '../obeyed-copy.ts';
import type { Spool } from '../telemetry/spool.ts';
import { type Asking, openAsking, unlinked } from './ask-control-plane.ts';
import { backoffMs } from './backoff.ts';
import { Declined, handshake, type Inbox, LinkEnded, openInbox } from './handshake.ts';
import { ping } from './ping.ts';
import type { Answering, Part } from './serve-request.ts';

export type LinkOptions = {
  botId: string;
  supervisorVersion: string;
  identity: Identity;
  spool: Spool;
  joinToken: string | undefined;
  obeyedCopy: ObeyedCopy;
  /** Asked anew at each connection. */
  controlPlaneUrl: () => Promise<string>;
  report: () => Report;
  answering: Answering;
  log: (level: 'info' | 'warn' | 'error', message: string, detail?: Record<string, unknown>) => void;
  /** The control plane no longer wants this supervisor. */
  onRevoked: () => void;
  /** A link was made, for the first time or again. */
  onLinked?: () => void;
  backoff?: { firstMs: number; lastMs: number };
};

/** A link that comes and goes is not dialled more often than this. */
const tryMsMin = 1_000;
/** A batch that is not acknowledged in this time on a link that holds is sent once more. */
const ackMsMax = 30_000;

/** The one outbound connection to the control plane, kept for as long as the supervisor lives. */
export type LinkClient = {
  reportNow(): void;
  isUp(): boolean;
  /** Asks over the link that is up; refused when there is none, or it ends before the answer. */
  ask: Asking['ask'];
  close(): Promise<void>;
};

export function openLink(options: LinkOptions): LinkClient {
  const over = new AbortController();
  let live: Connection | undefined;
  let enrols = !options.identity.enrolled;
  let tokenIsFresh = options.joinToken !== undefined;

  async function keep() {
    for (let attempt = 0; !over.signal.aborted; attempt += 1) {
      const triedAt = Date.now();
      const connection = await connect(options, {
        signal: over.signal,
        enrols: enrols && options.joinToken !== undefined,
      }).catch((error: unknown) => {
        // A control plane that does not know our key may have lost it, or never stored it: the join token is asked once more.
        if (error instanceof LinkEnded && error.code === closeCode.unauthenticated) enrols = !enrols;
        // The token may have been brought so that the bot changes to another installation.
        if (error instanceof Declined && error.why === 'stranger' && tokenIsFresh) enrols = true;
        options.log('warn', 'the control plane cannot be reached', {
          reason: error instanceof Error ? error.message : String(error),
          attempt,
        });
        return undefined;
      });
      if (connection) {
        attempt = 0;
        if (enrols) tokenIsFresh = false;
        enrols = false;
        live = connection;
        options.onLinked?.();
        const code = await connection.ended;
        live = undefined;
        options.log('info', 'the link ended', { code });
        if (code === closeCode.revoked) return options.onRevoked();
        // Another supervisor has this bot's key and place: two that replace each other would do it for ever.
        if (code === closeCode.replaced) await pause(30_000);
      }
      // Ten seconds at most: a bot is heard of again within seconds of the control plane's return.
      const waitMs = backoffMs(attempt, options.backoff ?? { firstMs: 500, lastMs: 10_000 });
      await pause(Math.max(waitMs, triedAt + tryMsMin - Date.now()));
    }
  }
  const pause = (ms: number) => sleep(ms, undefined, { signal: over.signal }).catch(() => {});
  const ended = keep();
  return {
    reportNow: () => live?.report(),
    isUp: () => live !== undefined,
    ask: (method, params) => (live ? live.ask(method, params) : Promise.reject(unlinked())),
    async close() {
      over.abort();
      await live?.close();
      await ended;
    },
  };
}

type Connection = { report(): void; ask: Asking['ask']; ended: Promise<number>; close(): Promise<void> };

async function connect(
  options: LinkOptions,
  { signal, enrols }: { signal: AbortSignal; enrols: boolean },
): Promise<Connection> {
  const url = new URL(linkPath, await options.controlPlaneUrl());
  url.protocol = url.protocol.replace('http', 'ws');
  const agent = linkAgent();
  const socket = new WebSocket(url, {
    ...(agent ? { agent } : {}),
    perMessageDeflate: false,
    maxPayload: framePayloadBytesMax,
    handshakeTimeout: 10_000,
  });
  const ended = new Promise<number>((resolve) => {
    socket.once('close', (code) => resolve(code));
  });
  const inbox = openInbox(socket);
  const leave = () => socket.terminate();
  signal.addEventListener('abort', leave, { once: true });
  try {
    const { welcome, copy, enrolled } = await handshake({ socket, inbox, options, enrols });
    if (enrolled) await options.identity.markEnrolled();
    await options.obeyedCopy.remember(copy);
    options.log('info', 'linked', { epoch: welcome.epoch });
    return serve({ socket, inbox, options, ended, welcome });
  } catch (error) {
    socket.on('error', () => {});
    socket.terminate();
    throw error;
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** Sends what the spool holds, a batch at a time. */
function batchSender(spool: Spool, send: (frame: unknown) => void): () => void {
  const sent = { sequence: 0, at: 0 };
  return () => {
    const batch = spool.nextBatch();
    const sequence = batch?.items.at(-1)?.sequence;
    // On a slow link the acknowledgement takes its time: what is on its way is not sent a second time meanwhile.
    if (sequence === undefined || (sequence === sent.sequence && Date.now() - sent.at < ackMsMax)) return;
    Object.assign(sent, { sequence, at: Date.now() });
    send({ type: 'event', event: telemetryEvent, payload: batch });
  };
}

type Serving = { socket: WebSocket; inbox: Inbox; options: LinkOptions; ended: Promise<number>; welcome: Welcome };

function serve({ socket, inbox, options, ended, welcome }: Serving): Connection {
  const send = (frame: unknown) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
  };
  const report = () => send({ type: 'event', event: reportEvent, payload: options.report() });
  const part =
    (request: string): Part =>
    (payload) =>
      send({ type: 'event', event: partEvent, request, payload });
  const flush = batchSender(options.spool, send);
  const asking = openAsking(send);
  const pulse = ping(socket, Math.max(welcome.heartbeatMs, 5_000));
  const timers = [setInterval(report, welcome.heartbeatMs), setInterval(flush, 2_000), pulse.timer];
  socket.on('error', (error) => options.log('warn', 'link trouble', { reason: error.message }));
  inbox.take((frame) => {
    pulse.felt();
    if (!frame) return options.log('warn', 'a frame of the control plane was not understood');
    if (frame.type === 'ack') {
      options.spool.acknowledge(frame.epoch, frame.sequence);
      flush();
    } else if (frame.type === 'res') {
      asking.answered(frame);
    } else if (frame.type === 'req') {
      const { id } = frame;
      void options.answering.answer(frame, part(id)).then((outcome) => send({ type: 'res', id, ...outcome }));
    }
  });
  void ended.then(() => {
    timers.forEach(clearInterval);
    options.answering.cancelAll();
    asking.ended();
  });
  report();
  flush();
  return {
    report,
    ask: asking.ask,
    ended,
    async close() {
      socket.close(1000);
      const timer = setTimeout(() => socket.terminate(), 2_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

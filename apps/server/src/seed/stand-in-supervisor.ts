import assert from 'node:assert/strict';
import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { type Frame, linkPath, linkVersion } from '@clawster/link/frame';
import { type Copy, whyNotObey } from '@clawster/link/copy';
import { closeCode, Hello, signedText, Welcome } from '@clawster/link/handshake';
import { type Message, readFrame } from '@clawster/link/read-frame';
import { Report } from '@clawster/link/report';
import type { ScanReport } from '@clawster/link/scan/scan';
import { type Configure, supervisorMethods, type SupervisorMethod } from '@clawster/link/supervisor-methods';
import WebSocket from 'ws';
import { type Ask, Asking } from './asking.ts';
import type { ObedientBot } from './obedient-bot.ts';
import { reportOf, usualReport } from './stand-in-report.ts';

/** A stand-in has no files. */
const nothingFound: ScanReport = { findings: [], files: 0, bytes: 0, skipped: [], skippedMore: 0, seconds: 0 };

export type Identity = { publicKey: string; privateKey: KeyObject };

export function createIdentity(): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return { publicKey: publicKey.export({ format: 'jwk' }).x as string, privateKey };
}

/** What a test may have the stand-in do instead of answering well; `part` streams before the answer. */
export type Behaviour = {
  [M in SupervisorMethod]?: (params: never, part: (payload: unknown) => void) => Promise<unknown>;
} & { reportAfterConfigure?: (configure: Configure) => Report | undefined };

export type DialIn = {
  botId: string;
  joinToken?: string;
  identity?: Identity;
  behaviour?: Behaviour;
  /** What it does for its team; absent: it takes what it is given and is never heard of again. */
  bot?: ObedientBot | undefined;
  /** The copy it obeyed before. */
  obeys?: Copy | undefined;
  /** Of the configuration it took last. */
  generation?: number;
  /** Where it dials from: one address has only so many ports. */
  localAddress?: string | undefined;
  /** It dials in and says nothing. */
  silent?: boolean;
  tamper?: (params: Record<string, unknown>) => void;
  /** How often it reports when nothing changed; absent: often enough for a test. */
  heartbeatMs?: number;
  /** Keeps nothing of what it was sent: for those there are thousands of. */
  forgetful?: boolean;
  /** Told how far its telemetry is stored. */
  onAcknowledged?: (sequence: number) => void;
};
type Options = Pick<DialIn, 'botId' | 'heartbeatMs' | 'forgetful' | 'onAcknowledged'> & {
  identity: Identity;
  behaviour: Behaviour;
};

/**
 * A supervisor without a gateway: it dials in over a real WebSocket, refuses every frame that is not as
 * agreed, takes configurations over and reports ready. What went wrong is kept in `broken` for the test to see.
 */
export class StandInSupervisor {
  readonly botId: string;
  readonly identity: Identity;
  readonly configured: Configure[] = [];
  readonly asked: { method: string; params: unknown }[] = [];
  readonly broken: string[] = [];
  readonly acknowledged: number[] = [];
  epoch = 0;
  /** The copy that let it in. */
  obeys: Copy | undefined;
  silent = false;
  closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #options: Options;
  readonly #asking = new Asking((frame) => this.send(frame));
  #generation = 0;
  #heartbeat: NodeJS.Timeout | undefined;
  #halted: 'pause' | 'stop' | undefined;

  private constructor(socket: WebSocket, options: Options) {
    this.#socket = socket;
    this.botId = options.botId;
    this.identity = options.identity;
    this.#options = options;
    this.closed = new Promise((resolve) => {
      socket.once('close', (code) => {
        clearInterval(this.#heartbeat);
        this.#asking.ended();
        resolve(code);
      });
    });
    socket.on('error', () => undefined);
    // From the start: the first request may come in one piece with the welcome.
    socket.on('message', (data) => this.#take(readFrame(data)));
  }

  /** Dials in and waits for the welcome; rejects with the close code when it is not let in, or does not obey. */
  static async dialIn(url: string, options: DialIn): Promise<StandInSupervisor> {
    const socket = new WebSocket(new URL(linkPath, url.replace(/^http/, 'ws')), {
      perMessageDeflate: false,
      localAddress: options.localAddress,
    });
    const { joinToken, identity = createIdentity(), bot } = options;
    const behaviour = { ...bot?.behaviour, ...options.behaviour };
    const supervisor = new StandInSupervisor(socket, { ...options, identity, behaviour });
    const hello = await supervisor.#first((frame) => {
      assert(frame.type === 'event' && frame.event === 'hello');
      return Hello.parse(frame.payload);
    });
    const params = supervisor.#introduction(hello, options);
    const ask = (method: string) =>
      socket.send(JSON.stringify({ type: 'req', id: randomUUID(), method, params: { ...params } }));
    const why = whyNotObey(options.obeys, hello.copy, Boolean(joinToken));
    if (why) {
      params['obeys'] = options.obeys;
      ask('decline');
      socket.close(closeCode.declined, why);
      throw Object.assign(new Error(`declined: ${why}`), { code: closeCode.declined });
    }
    options.tamper?.(params);
    const welcomed = supervisor.#first((frame) => {
      assert(frame.type === 'res' && !frame.error);
      return Welcome.parse(frame.result);
    });
    ask(joinToken ? 'enrol' : 'authenticate');
    supervisor.epoch = (await welcomed).epoch;
    supervisor.obeys = hello.copy;
    bot?.linked(supervisor.ask);
    supervisor.silent = options.silent ?? false;
    supervisor.report(reportOf({ generation: 0, state: 'stopped', reason: 'Waiting for the configuration' }));
    return supervisor;
  }

  #introduction({ nonce }: Hello, { joinToken, generation }: DialIn): Record<string, unknown> {
    const { publicKey, privateKey } = this.identity;
    const signature = sign(null, Buffer.from(signedText(nonce, this.botId, publicKey)), privateKey);
    return {
      botId: this.botId,
      linkVersion,
      supervisorVersion: 'stand-in',
      publicKey,
      signature: signature.toString('base64url'),
      ...(joinToken ? { joinToken } : { generation: generation ?? 0 }),
    };
  }

  async #first<T>(read: (frame: Frame) => T): Promise<T> {
    const closed = this.closed.then((code): never => {
      throw Object.assign(new Error(`closed with ${code}`), { code });
    });
    closed.catch(() => undefined);
    const [data] = (await Promise.race([once(this.#socket, 'message'), closed])) as [Message];
    const frame = readFrame(data);
    assert(frame, 'The control plane sent what is no frame');
    return read(frame);
  }

  #take(frame: Frame | undefined): void {
    if (!frame) return void this.broken.push('not a frame');
    if (frame.type === 'ack') this.#acknowledge(frame.sequence);
    if (frame.type === 'res') this.#asking.answered(frame);
    if (frame.type !== 'req') return;
    const { id, method, params } = frame;
    if (!(method in supervisorMethods)) return void this.broken.push(`unknown method ${method}`);
    const parsed = supervisorMethods[method as SupervisorMethod].params.safeParse(params);
    if (!parsed.success) return void this.broken.push(`${method}: ${parsed.error.message}`);
    if (!this.#options.forgetful) this.asked.push({ method, params: parsed.data });
    void this.#answer(id, method as SupervisorMethod, parsed.data);
  }

  /** Asks the control plane, as a supervisor does. */
  readonly ask: Ask = (method, params) => this.#asking.ask(method, params);

  #acknowledge(sequence: number): void {
    if (!this.#options.forgetful) this.acknowledged.push(sequence);
    this.#options.onAcknowledged?.(sequence);
  }

  async #answer(id: string, method: SupervisorMethod, params: unknown): Promise<void> {
    try {
      const own = this.#options.behaviour[method] as
        | ((params: unknown, part: (payload: unknown) => void) => Promise<unknown>)
        | undefined;
      const part = (payload: unknown) => this.send({ type: 'event', event: 'part', request: id, payload });
      const result = own ? await own(params, part) : this.#usual(method, params);
      this.send({ type: 'res', id, result });
    } catch (error) {
      const { code = 'trouble', message } = error as Error & { code?: string };
      this.send({ type: 'res', id, error: { code, message } });
    }
  }

  #usual(method: SupervisorMethod, params: unknown): unknown {
    if (method === 'halt') {
      this.#halted = (params as { mode: 'pause' | 'stop' }).mode;
      return {};
    }
    if (method === 'secrets.scan') return nothingFound;
    if (method !== 'configure') return {};
    const configure = params as Configure;
    if (configure.generation > this.#generation) this.#halted = undefined;
    this.#generation = configure.generation;
    if (!this.#options.forgetful) this.configured.push(configure);
    const { reportAfterConfigure: after } = this.#options.behaviour;
    const report = after ? after(configure) : usualReport(configure);
    if (report) setImmediate(() => this.report(report));
    return { generation: configure.generation };
  }

  /** Reports now and with every heartbeat, unless the test wants silence. */
  report(report: Report): void {
    const say = () => {
      if (!this.silent) this.send({ type: 'event', event: 'report', payload: Report.parse(report) });
    };
    clearInterval(this.#heartbeat);
    this.#heartbeat = setInterval(say, this.#options.heartbeatMs ?? 500);
    say();
  }

  send(frame: unknown): void {
    if (this.#socket.readyState === WebSocket.OPEN)
      this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN;
  }

  /** The emergency stop that holds, if one was given since the last new configuration. */
  get halted(): 'pause' | 'stop' | undefined {
    return this.#halted;
  }

  /** Leaves as its process does when it is asked to end. */
  end(): void {
    this.#socket.close(1000);
  }

  /** Gone without a goodbye, as when its process is killed. */
  crash(): void {
    this.#socket.terminate();
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { GatewayClient } from '@clawster/gateway/client';
import { GatewayError } from '@clawster/gateway/gateway-error';
import { type Delivery, type DeliveryEnd, teamServer, teamToolNames } from '@clawster/link/team';
import type { Running } from '../gateway/bring-up.ts';
import type { Host } from '../host.ts';
import type { LinkClient } from '../link/link-client.ts';
import type { DeliveryBook, Entry } from './delivery-book.ts';
import { runTurn, type TurnEnd } from './run-turn.ts';
import { isForNow } from './team-calls.ts';

/** What OpenClaw does at once by itself unless its document says otherwise. */
const atOnceUsual = 8;
const tellAgainMs = 5_000;
const abortAgainMs = 500;
/** Beyond its time, before it is ended from here. */
const overtimeMs = 30_000;

type Options = {
  host: Pick<Host, 'log' | 'modelGateway'>;
  book: DeliveryBook;
  ask: LinkClient['ask'];
  running: () => Running | undefined;
  whyNoTurns: () => string | undefined;
};

/** The delegations that this bot works at: each done once, however often it comes, and told until it is heard. */
export class Deliveries {
  readonly #options: Options;
  /** Those whose turn is followed here just now. */
  readonly #active = new Map<string, Promise<void>>();
  readonly #timer: NodeJS.Timeout;
  #telling = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
    this.#timer = setInterval(() => this.look(), tellAgainMs);
  }

  /** Resolves once it is written down; a second time it changes nothing. */
  async take(delivery: Delivery): Promise<void> {
    const known = this.#options.book.get(delivery.id);
    if (known && known.delivery.attempt >= delivery.attempt) return;
    await this.#options.book.put({ delivery, at: Date.now(), told: 'nothing' });
    this.look();
  }

  /** Resolves once no turn of it runs; none will begin. */
  async cancel(id: string, reason: string): Promise<void> {
    const { book } = this.#options;
    const entry = book.get(id);
    if (!entry) return;
    await book.put({ ...entry, cancelled: entry.cancelled ?? reason });
    // A turn may still tell it something.
    if (entry.end) return this.#abort(entry.delivery.session);
    while (this.#active.has(id)) {
      await this.#abort(entry.delivery.session);
      await Promise.race([this.#active.get(id), sleep(abortAgainMs)]);
    }
    await this.#end(id, { outcome: 'aborted', text: '', failure: reason, isRetryable: false });
  }

  /** The emergency stop: what is under way or waits has ended with it. */
  async haltAll(): Promise<void> {
    const open = this.#options.book.all().filter(({ end }) => !end);
    for (const entry of open) await this.#options.book.put({ ...entry, cancelled: 'The emergency stop was given' });
    for (const { delivery } of open)
      await this.#end(delivery.id, {
        outcome: 'aborted',
        text: '',
        failure: 'The emergency stop was given',
        isRetryable: false,
      });
  }

  /** The delivery whose session this is. */
  of(session: string): Entry | undefined {
    return this.#options.book.all().find(({ delivery }) => delivery.session === session);
  }

  /** A turn began in this session: one that was cancelled does not go on, as OpenClaw would have it after its start. */
  began(session: string): void {
    const entry = this.of(session);
    if (entry?.cancelled !== undefined) void this.#abort(session);
  }

  /** A turn that told it something it waited for has ended: as that one did, it ends now. */
  async wentOn(session: string, end: TurnEnd): Promise<void> {
    const { book } = this.#options;
    const entry = this.of(session);
    if (!entry?.end || entry.cancelled !== undefined || entry.end.outcome !== 'done') return;
    await book.put({ ...entry, end: { ...entry.end, ...end }, told: 'begin' });
    void this.#tell();
  }

  /** Begins what waits, goes on with what was begun before, and tells what was not heard yet. */
  look(): void {
    const { book, running, whyNoTurns } = this.#options;
    void this.#tell();
    const gateway = running();
    if (!gateway || gateway.gone.aborted || whyNoTurns() !== undefined) return;
    for (const entry of book.all()) {
      const { id } = entry.delivery;
      if (entry.end || entry.cancelled !== undefined || this.#active.has(id)) continue;
      if (this.#active.size >= atOnceMax(gateway)) return;
      this.#active.set(
        id,
        this.#run(id, gateway).finally(() => {
          this.#active.delete(id);
          // One that has not ended waits for the gateway, or for the next look.
          if (book.get(id)?.end) this.look();
        }),
      );
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }

  async #run(id: string, gateway: Running): Promise<void> {
    const { book, host } = this.#options;
    try {
      const end = await this.#turnOf(id, gateway);
      const failure = end?.outcome === 'failed' ? { failure: host.modelGateway.lastFailure() ?? end.failure } : {};
      // What was cancelled meanwhile is told as that, by whoever cancelled it.
      if (end && book.get(id)?.cancelled === undefined) await this.#end(id, { ...end, ...failure });
    } catch (error) {
      if (error instanceof GatewayError)
        return this.#end(id, {
          outcome: 'failed',
          text: '',
          failure: error.message.slice(0, 2_000),
          isRetryable: true,
        });
      // The gateway is gone: it goes on with the next one.
      host.log('info', 'a delegation waits for the gateway', { id, reason: String(error) });
    }
  }

  /** Has its turn done, or goes on with the one that was begun; undefined where none is to begin any more. */
  async #turnOf(id: string, { link, gone }: Running): Promise<TurnEnd | undefined> {
    const begunAt = await this.#begin(id, { link, gone });
    const entry = this.#options.book.get(id);
    if (!entry || entry.cancelled !== undefined) return undefined;
    const { delivery } = entry;
    const turn = { ...delivery, runId: runIdOf(delivery) };
    // OpenClaw keeps the time itself, but not over its own restart.
    const leftMs = begunAt + delivery.timeoutSeconds * 1_000 + overtimeMs - Date.now();
    const deadline = AbortSignal.timeout(Math.max(0, leftMs));
    const signal = AbortSignal.any([gone, deadline]);
    try {
      return await runTurn(turn, { link, signal, onAccepted: () => void this.#tell() });
    } catch (error) {
      if (!deadline.aborted) throw error;
      await this.#abort(delivery.session);
      return { outcome: 'timeout', text: '', isRetryable: false };
    }
  }

  /** Writes down that its turn is asked for, before it is. */
  async #begin(id: string, { link, gone }: Pick<Running, 'link' | 'gone'>): Promise<number> {
    const { book } = this.#options;
    const entry = book.get(id);
    const begunAt = entry?.begunAt ?? Date.now();
    if (!entry || entry.begunAt !== undefined) return begunAt;
    await narrow(await link.client(60_000, gone), entry.delivery);
    await book.put({ ...(book.get(id) ?? entry), begunAt });
    return begunAt;
  }

  async #end(id: string, end: TurnEnd): Promise<void> {
    const { book } = this.#options;
    const entry = book.get(id);
    if (!entry || entry.end) return;
    const { attempt } = entry.delivery;
    await book.put({ ...entry, end: { id, attempt, ...end } });
    void this.#tell();
  }

  async #abort(session: string): Promise<void> {
    const gateway = this.#options.running();
    if (!gateway || gateway.process.hasExited()) return;
    const aborted = gateway.link.client(1_000).then((client) => client.call('chat.abort', { sessionKey: session }));
    await aborted.catch(() => {});
  }

  /** One after another: that it began is heard before that it ended. */
  #tell(): Promise<void> {
    this.#telling = this.#telling.then(async () => {
      for (const { delivery } of this.#options.book.all()) await this.#tellOne(delivery.id);
    });
    return this.#telling;
  }

  async #tellOne(id: string): Promise<void> {
    const entry = this.#options.book.get(id);
    if (!entry || entry.told === 'end') return;
    const { delivery, begunAt, end } = entry;
    const { attempt } = delivery;
    if (entry.told === 'nothing' && begunAt !== undefined)
      await this.#say(entry, 'begin', () =>
        this.#options.ask('delegation.began', { id, attempt, runId: runIdOf(delivery) }),
      );
    const later = this.#options.book.get(id);
    if (end && later?.delivery.attempt === attempt && (later.told === 'begin' || begunAt === undefined))
      await this.#say(entry, 'end', () => this.#options.ask('delegation.ended', end));
  }

  /** What the control plane refuses for good, it does not want to know. */
  async #say({ delivery }: Entry, told: Entry['told'], say: () => Promise<unknown>): Promise<void> {
    const { book } = this.#options;
    const isHeard = await say().then(
      () => true,
      (error: unknown) => !isForNow(error),
    );
    const now = book.get(delivery.id);
    if (isHeard && now?.delivery.attempt === delivery.attempt) await book.put({ ...now, told });
  }
}

/** OpenClaw's name of the run: asked for twice, it is the same. */
export function runIdOf({ id, attempt }: Pick<DeliveryEnd, 'id' | 'attempt'>): string {
  return `clawster:${id}:${attempt}`;
}

function atOnceMax({ applied }: Running): number {
  const { agents } = applied.document as { agents?: { defaults?: { maxConcurrent?: unknown } } };
  const said = agents?.defaults?.maxConcurrent;
  return typeof said === 'number' ? said : atOnceUsual;
}

/** The tools of the team that are not for this delegation are not even listed in its session. */
async function narrow(client: GatewayClient, { session, teamTools }: Delivery): Promise<void> {
  const denied = teamToolNames.filter((name) => !teamTools.includes(name));
  const toolOverrides = { mcpToolsDeny: { [teamServer]: denied } };
  // There is one already at a second attempt.
  await client
    .call('sessions.create', { key: session, toolOverrides })
    .catch(() => client.call('sessions.patch', { key: session, toolOverrides }));
}

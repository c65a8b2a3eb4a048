import { setTimeout as sleep } from 'node:timers/promises';
import type { Configure } from '@clawster/link/supervisor-methods';
import { backoffMs } from './link/backoff.ts';
import { applyChanges, needsRestart } from './gateway/apply-changes.ts';
import { bringUp } from './gateway/bring-up.ts';
import { checkModel } from './gateway/check-model.ts';
import { endRuns } from './gateway/end-runs.ts';
import type { GatewayProcess } from './gateway/gateway-process.ts';
import type { Running } from './gateway/bring-up.ts';
import { exitReason } from './gateway/exit-reason.ts';
import { watchMemory } from './gateway/memory-watch.ts';
import type { Host } from './host.ts';

const pausedSentence = 'Paused: it takes no turns until it is resumed';
const haltedSentence = 'Stopped by the emergency stop';
const configurationRetryMs = 5 * 60_000;
const calmMs = 10 * 60_000;

/** Keeps the gateway as the last configuration says, whatever happens to it. */
export type Keeper = {
  configure(wanted: Configure): void;
  running(): Running | undefined;
  /** Why the bot takes no turns just now, if that is wanted. */
  whyNoTurns(): string | undefined;
  /** The emergency stop: returns when no model is called and, with `stop`, no gateway runs any more. */
  halt(mode: 'pause' | 'stop'): Promise<void>;
  /** Ends the gateway and keeps it ended. */
  shutDown(): Promise<void>;
};

export function createKeeper(host: Host): Keeper {
  return new Keeping(host);
}

class Keeping implements Keeper {
  readonly #host: Host;
  #wanted: Configure | undefined;
  #current: Running | undefined;
  /** The gateway's process from its first moment on, before it is up. */
  #process: GatewayProcess | undefined;
  #halted: 'pause' | 'stop' | undefined;
  /** Ends the attempt under way when what it works for is no longer wanted. */
  #attempt = new AbortController();
  #wake = Promise.withResolvers<void>();
  #over = false;
  #failures = 0;
  #notBefore = 0;
  readonly #loop: Promise<void>;

  constructor(host: Host) {
    this.#host = host;
    this.#loop = this.#keep();
  }

  running() {
    return this.#current;
  }

  whyNoTurns() {
    return this.#desired() === 'paused' ? pausedSentence : undefined;
  }

  async halt(mode: 'pause' | 'stop') {
    this.#halted = mode;
    this.#obey();
    this.#host.log('warn', 'halted', { mode });
    this.#host.status.evidence('supervisor', true, `The emergency stop was given: ${mode}`);
    if (mode === 'stop') await this.#process?.kill();
    this.#wake.resolve();
  }

  /** What is to be obeyed now: an emergency stop outranks the configuration it came after. */
  #desired(): Configure['desired'] | undefined {
    if (this.#halted) return this.#halted === 'stop' ? 'stopped' : 'paused';
    return this.#wanted?.desired;
  }

  /** What must hold at once, whatever step is under way. */
  #obey() {
    const desired = this.#desired();
    this.#host.modelGateway.block(desired === 'paused' ? pausedSentence : undefined);
    if (desired === 'stopped') this.#attempt.abort(new Error('The bot is to be stopped'));
  }

  configure(wanted: Configure) {
    const before = this.#wanted;
    this.#wanted = wanted;
    // Told again what was in force when the emergency stop was given is no word against it.
    if (before && wanted.generation > before.generation) this.#halted = undefined;
    this.#obey();
    this.#host.secrets.replace({ ...wanted.secrets, ...this.#host.ownSecrets });
    this.#host.modelGateway.setUpstream(wanted.model);
    this.#host.status.generation(wanted.generation);
    if (!before || before.generation !== wanted.generation) this.#forgetFailures();
    if (before?.restartCount !== wanted.restartCount) this.#attempt.abort(new Error('Another configuration came'));
    this.#wake.resolve();
  }

  async shutDown() {
    this.#over = true;
    this.#attempt.abort(new Error('The supervisor stops'));
    this.#wake.resolve();
    await this.#loop;
  }

  async #keep() {
    while (!this.#over) {
      this.#wake = Promise.withResolvers();
      await this.#step().catch((error: unknown) => {
        // What a gateway that ended left undone is no failure of its own: the next step says why it ended.
        if (this.#current?.process.hasExited()) return;
        this.#failed(error instanceof Error ? error.message : String(error), false);
      });
      if (this.#over) break;
      await this.#rest();
    }
    await this.#stop('Stopped');
  }

  /** Until something happens that asks for a step: a configuration, an exit, the time of the next try. */
  async #rest() {
    const wanted = this.#wanted;
    if (!wanted || (this.#isSettled(wanted) && this.#notBefore === 0)) return this.#wake.promise;
    const waitMs = Math.max(this.#notBefore - Date.now(), 0);
    const timer = new AbortController();
    await Promise.race([this.#wake.promise, sleep(waitMs, undefined, { signal: timer.signal }).catch(() => {})]);
    timer.abort();
  }

  #isSettled(wanted: Configure) {
    const desired = this.#desired();
    if (desired === 'stopped') return this.#current === undefined;
    if (desired === 'paused' && !this.#current) return true;
    return this.#current?.applied === wanted && !this.#current.process.hasExited();
  }

  async #step(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#attempt = new AbortController();
    const desired = this.#desired();
    if (desired === 'stopped') return this.#stop(this.#halted ? haltedSentence : 'Stopped, as asked');
    if (this.#current?.process.hasExited()) await this.#explainExit(this.#current);
    if (desired === 'paused') return this.#pause(wanted);
    if (this.#notBefore > Date.now()) return;
    if (!this.#current) return this.#start(wanted);
    if (this.#current.applied === wanted) return this.#retryModel(wanted);
    return this.#change(this.#current, wanted);
  }

  async #change(running: Running, wanted: Configure): Promise<void> {
    if (needsRestart(running.applied, wanted)) return this.#restart('Restarted, as asked');
    const signal = AbortSignal.any([this.#attempt.signal, running.gone]);
    const hot = await applyChanges(this.#host, running, { wanted, signal });
    if (running.process.hasExited()) return;
    if (!hot) return this.#restart('The new configuration needs a restart');
    running.applied = wanted;
    if (['degraded', 'paused'].includes(this.#host.status.state()) || this.#notBefore > 0)
      await this.#retryModel(wanted);
  }

  /** Ends what the bot is about and keeps it from beginning anew; the gateway and all it knows stay. */
  async #pause(wanted: Configure) {
    this.#notBefore = 0;
    this.#host.status.nextTryAt(undefined);
    const running = this.#current;
    if (running) {
      await endRuns(running, AbortSignal.any([this.#attempt.signal, running.gone]));
      running.applied = wanted;
    }
    this.#host.status.set('paused', running ? pausedSentence : 'Paused; its gateway does not run');
  }

  async #start(wanted: Configure) {
    const { signal } = this.#attempt;
    const onSpawn = (process: GatewayProcess) => {
      this.#process = process;
    };
    const running = await bringUp(this.#host, wanted, { signal, onSpawn });
    if ('failure' in running) return this.#failed(running.failure, running.isConfiguration);
    this.#current = running;
    running.stopWatching = watchMemory(this.#host, running, { onOver: (reason) => this.#restartSoon(reason) });
    void running.process.exited.then(() => this.#wake.resolve());
    this.#notBefore = 0;
    this.#host.status.nextTryAt(undefined);
    await this.#retryModel(wanted);
  }

  async #retryModel(wanted: Configure) {
    const running = this.#current;
    if (!running) return;
    const signal = AbortSignal.any([this.#attempt.signal, running.gone]);
    const proven = await checkModel(this.#host, { running, wanted, signal });
    if (proven) {
      this.#notBefore = 0;
      this.#host.status.nextTryAt(undefined);
      setTimeout(() => {
        // A gateway that came after this one has still to show that it lasts.
        if (this.#current === running && !running.process.hasExited()) this.#failures = 0;
      }, calmMs).unref();
    } else if (!running.process.hasExited())
      this.#tryAgainIn(backoffMs(this.#failures++, { firstMs: 15_000, lastMs: 300_000 }));
  }

  #restartSoon(reason: string) {
    const running = this.#current;
    if (!running || running.process.hasExited()) return;
    running.endReason = reason;
    this.#host.status.evidence('supervisor', false, reason);
    void running.process.stop();
  }

  async #restart(reason: string) {
    await this.#stop(reason);
    this.#host.status.restarted();
    if (this.#wanted) await this.#start(this.#wanted);
  }

  async #explainExit(running: Running) {
    const exit = await running.process.exited;
    const reason = running.endReason ? { sentence: running.endReason, isConfiguration: false } : exitReason(exit);
    running.close();
    this.#current = undefined;
    this.#host.status.restarted();
    this.#failed(reason.sentence, reason.isConfiguration);
  }

  #failed(sentence: string, isConfiguration: boolean) {
    if (this.#attempt.signal.aborted || this.#over) return;
    const { status, log } = this.#host;
    log('error', sentence, { failures: this.#failures + 1 });
    status.evidence('supervisor', false, sentence);
    this.#host.spool.add('gateway-failed', { reason: sentence });
    this.#tryAgainIn(
      isConfiguration ? configurationRetryMs : backoffMs(this.#failures, { firstMs: 1_000, lastMs: 120_000 }),
    );
    this.#failures += 1;
    status.set(this.#failures > 4 || isConfiguration ? 'failed' : 'starting', sentence);
    status.step('gateway', this.#failures > 4 || isConfiguration ? 'failed' : 'waiting', sentence);
  }

  async #stop(reason: string) {
    const running = this.#current;
    if (running) {
      this.#host.status.set('stopping', 'Stopping the gateway');
      running.close();
      const killed = await running.process.stop();
      this.#host.log('info', 'gateway stopped', { killed });
      this.#current = undefined;
    }
    this.#host.status.memory(undefined);
    this.#host.status.step('gateway', 'waiting');
    this.#host.status.step('model', 'waiting');
    this.#host.status.set('stopped', reason);
  }

  #tryAgainIn(waitMs: number) {
    this.#notBefore = Date.now() + waitMs;
    this.#host.status.nextTryAt(this.#notBefore);
  }

  #forgetFailures() {
    this.#failures = 0;
    this.#notBefore = 0;
    this.#host.status.nextTryAt(undefined);
  }
}

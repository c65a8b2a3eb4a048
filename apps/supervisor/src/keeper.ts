import { setTimeout as sleep } from 'node:timers/promises';
import type { Configure } from '@clawster/link/supervisor-methods';
import { applyChanges, needsRestart } from './gateway/apply-changes.ts';
import { bringUp } from './gateway/bring-up.ts';
import { checkModel } from './gateway/check-model.ts';
import { endRuns } from './gateway/end-runs.ts';
import type { GatewayProcess } from './gateway/gateway-process.ts';
import type { Running } from './gateway/bring-up.ts';
import { exitReason } from './gateway/exit-reason.ts';
import { watchMemory } from './gateway/memory-watch.ts';
import type { Host } from './host.ts';
import { LastGood } from './last-good.ts';
import { Orders, pausedSentence } from './orders.ts';
import { Retry } from './retry.ts';

const configurationRetryMs = 5 * 60_000;

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
  readonly #orders = new Orders();
  readonly #lastGood: LastGood;
  #current: Running | undefined;
  /** What came while it was paused is applied when it is resumed. */
  #pausedFor: Configure | undefined;
  /** The gateway's process from its first moment on, before it is up. */
  #process: GatewayProcess | undefined;
  /** Ends the attempt under way when what it works for is no longer wanted. */
  #attempt = new AbortController();
  #wake = Promise.withResolvers<void>();
  #over = false;
  readonly #retry: Retry;
  readonly #loop: Promise<void>;

  constructor(host: Host) {
    this.#host = host;
    this.#retry = new Retry(host.status);
    this.#lastGood = new LastGood(host);
    this.#loop = this.#keep();
  }

  running() {
    return this.#current;
  }

  whyNoTurns() {
    return this.#orders.whyNoTurns();
  }

  async halt(mode: 'pause' | 'stop') {
    this.#orders.halt(mode);
    this.#obey();
    this.#host.log('warn', 'halted', { mode });
    this.#host.status.evidence('supervisor', true, `The emergency stop was given: ${mode}`);
    if (mode === 'stop') await this.#process?.kill();
    this.#wake.resolve();
  }

  /** What must hold at once, whatever step is under way. */
  #obey() {
    this.#host.modelGateway.block(this.#orders.whyNoTurns());
    if (this.#orders.desired() === 'stopped') this.#attempt.abort(new Error('The bot is to be stopped'));
  }

  configure(asked: Configure) {
    const before = this.#orders.wanted;
    const wanted = this.#lastGood.insteadOf(asked);
    this.#orders.take(wanted);
    this.#obey();
    this.#host.secrets.replace({ ...wanted.secrets, ...this.#host.ownSecrets });
    this.#host.status.generation(wanted.generation);
    if (!before || before.generation !== wanted.generation) this.#retry.forget();
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
    const { wanted } = this.#orders;
    if (!wanted || (this.#isSettled(wanted) && !this.#retry.isPending)) return this.#wake.promise;
    const timer = new AbortController();
    await Promise.race([
      this.#wake.promise,
      sleep(this.#retry.waitMs(), undefined, { signal: timer.signal }).catch(() => {}),
    ]);
    timer.abort();
  }

  #isSettled(wanted: Configure) {
    const desired = this.#orders.desired();
    if (desired === 'stopped') return this.#current === undefined;
    if (desired === 'paused') return !this.#current || this.#pausedFor === wanted;
    return this.#current?.applied === wanted && !this.#current.process.hasExited();
  }

  async #step(): Promise<void> {
    const { wanted } = this.#orders;
    if (!wanted) return;
    this.#attempt = new AbortController();
    const desired = this.#orders.desired();
    if (desired === 'stopped') return this.#stop(this.#orders.whyStopped());
    if (this.#current?.process.hasExited()) await this.#explainExit(this.#current);
    if (desired === 'paused') return this.#pause(wanted);
    if (this.#retry.waitMs() > 0) return;
    if (!this.#current) return this.#start(wanted);
    if (this.#current.applied === wanted) return this.#retryModel(wanted);
    return this.#change(this.#current, wanted);
  }

  async #change(running: Running, wanted: Configure): Promise<void> {
    if (needsRestart(running.applied, wanted)) return this.#restart('Restarted, as asked');
    const signal = AbortSignal.any([this.#attempt.signal, running.gone]);
    const change = await applyChanges(this.#host, running, { wanted, signal });
    if (running.process.hasExited()) return;
    if (change === 'restart') return this.#restart('The new configuration needs a restart');
    running.applied = change === 'applied' ? wanted : (this.#putBack(wanted, change.refused) ?? running.applied);
    if (change !== 'applied') return;
    this.#lastGood.worked(wanted);
    if (['degraded', 'paused'].includes(this.#host.status.state()) || this.#retry.isPending)
      await this.#retryModel(wanted);
  }

  /** Returns what is wanted in the place of what is refused, if anything worked before. */
  #putBack(wanted: Configure, refusal: string): Configure | undefined {
    const instead = this.#lastGood.refuse(wanted, refusal);
    if (instead && this.#orders.wanted === wanted) this.#orders.take(instead);
    return instead;
  }

  /** Ends what the bot is about and keeps it from beginning anew; the gateway and all it knows stay. */
  async #pause(wanted: Configure) {
    this.#retry.settle();
    const running = this.#current;
    if (running) await endRuns(running, AbortSignal.any([this.#attempt.signal, running.gone]));
    this.#pausedFor = wanted;
    this.#host.status.set('paused', running ? pausedSentence : 'Paused; its gateway does not run');
  }

  async #start(wanted: Configure): Promise<void> {
    const { signal } = this.#attempt;
    const onSpawn = (process: GatewayProcess) => void (this.#process = process);
    const running = await bringUp(this.#host, wanted, { signal, onSpawn });
    if ('failure' in running) {
      const instead = running.isConfiguration ? this.#putBack(wanted, running.failure) : undefined;
      return instead ? this.#start(instead) : this.#failed(running.failure, running.isConfiguration);
    }
    this.#current = running;
    this.#lastGood.worked(running.applied);
    running.stopWatching = watchMemory(this.#host, running, { onOver: (reason) => this.#restartSoon(reason) });
    void running.process.exited.then(() => this.#wake.resolve());
    this.#retry.settle();
    await this.#retryModel(wanted);
  }

  async #retryModel(wanted: Configure) {
    const running = this.#current;
    if (!running) return;
    const signal = AbortSignal.any([this.#attempt.signal, running.gone]);
    const check = { running, wanted, signal, shortfall: this.#lastGood.whyNot };
    // A gateway that comes after this one has still to show that it lasts.
    const lasts = () => this.#current === running && !running.process.hasExited();
    if (await checkModel(this.#host, check)) this.#retry.proven(lasts);
    else if (!running.process.hasExited()) this.#retry.failed({ firstMs: 15_000, lastMs: 300_000 });
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
    const { wanted } = this.#orders;
    if (wanted) await this.#start(wanted);
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
    status.evidence('supervisor', false, sentence);
    this.#host.spool.add('gateway-failed', { reason: sentence });
    this.#retry.failed(isConfiguration ? { waitMs: configurationRetryMs } : { firstMs: 1_000, lastMs: 120_000 });
    log('error', sentence, { failures: this.#retry.failures });
    const isOver = this.#retry.failures > 4 || isConfiguration;
    status.set(isOver ? 'failed' : 'starting', sentence);
    status.step('gateway', isOver ? 'failed' : 'waiting', sentence);
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
    this.#host.status.stopped(reason);
  }
}

import type { Configure } from '@clawster/link/supervisor-methods';
import { DriftWatch } from './drift/drift-watch.ts';
import { failureOf, Failures } from './failures.ts';
import type { GatewayState } from '@clawster/link/report';
import { bringUp, type BringUpFailure, type Running } from './gateway/bring-up.ts';
import { createDocumentCheck, type DocumentCheck } from './gateway/check-document.ts';
import { endGateway } from './gateway/end-gateway.ts';
import { endRuns } from './gateway/end-runs.ts';
import type { GatewayProcess } from './gateway/gateway-process.ts';
import { exitReason } from './gateway/exit-reason.ts';
import { watchMemory } from './gateway/memory-watch.ts';
import { endStateHolders } from './gateway/orphan.ts';
import { giveSecrets } from './secrets-for.ts';
import type { Host } from './host.ts';
import type { Keeper } from './keeper.ts';
import { type Hold, type HoldBy, Orders, pausedSentence } from './orders.ts';
import { prove } from './prove.ts';
import { proven } from './proven.ts';
import { refuseRuntime } from './refuse-runtime.ts';
import { StepLoop } from './step-loop.ts';
import { takeBack } from './take-back.ts';
import { takeOver } from './take-over.ts';
import { whyRestart } from './why-restart.ts';

/** How long the emergency stop waits for a step under way to notice, before it kills what that had still started. */
const haltMsMax = 3_000;

/** The keeper of one bot's gateway: one loop, which takes one step at a time towards what is wanted. */
export class Keeping implements Keeper {
  readonly #host: Host;
  readonly #orders = new Orders();
  #current: Running | undefined;
  /** What came while it was paused is applied when it is resumed. */
  #pausedFor: Configure | undefined;
  /** The gateway's process from its first moment on, before it is up. */
  #process: GatewayProcess | undefined;
  /** Ends the attempt under way when what it works for is no longer wanted. */
  #attempt = new AbortController();
  readonly #failures: Failures;
  readonly #check: DocumentCheck;
  readonly #drift: DriftWatch;
  readonly #steps: StepLoop;

  readonly #signalFor = ({ gone }: Running) => AbortSignal.any([this.#attempt.signal, gone]);
  readonly running = () => this.#current;
  readonly runningSince = () => (this.#process?.hasExited() === false ? this.#process.startedAt : undefined);
  readonly wanted = () => this.#orders.wanted;
  readonly whyNoTurns = () => this.#orders.whyNoTurns();

  constructor(host: Host) {
    this.#host = host;
    this.#failures = new Failures(host);
    this.#check = createDocumentCheck(host);
    this.#drift = new DriftWatch(host);
    this.#steps = new StepLoop({
      step: () => this.#step().catch((error: unknown) => this.#stepFailed(error)),
      rest: (woken) => this.#rest(woken),
    });
  }

  async hold(by: HoldBy, hold: Hold | undefined) {
    this.#orders.hold(by, hold);
    this.#obey();
    this.#failures.retry.settle();
    if (hold) await this.#end((process) => process.stop());
    else this.#steps.wake();
  }

  async halt(mode: 'pause' | 'stop', generation?: number) {
    // Told again what holds anyway, as at each new link of a paused bot, it is no news.
    const isNews = mode === 'stop' || this.#orders.desired() === 'running';
    this.#orders.halt(mode, generation);
    this.#obey();
    this.#host.log('warn', 'halted', { mode });
    if (isNews) this.#host.status.evidence('supervisor', true, `The emergency stop was given: ${mode}`);
    if (mode === 'stop') await this.#end((process) => process.kill(), haltMsMax);
    else this.#steps.wake();
  }

  /** Ends the gateway, and what a step under way had still started. */
  async #end(end: (process: GatewayProcess) => Promise<unknown>, waitMs?: number) {
    const heeded = this.#steps.heeded(waitMs);
    if (this.#process) await end(this.#process);
    this.#steps.wake();
    await heeded;
    if (this.#process && this.#orders.desired() === 'stopped') await end(this.#process);
  }

  /** What must hold at once, whatever step is under way. */
  #obey() {
    this.#host.modelGateway.block(this.#orders.whyNoTurns());
    if (this.#orders.desired() === 'stopped') this.#attempt.abort(new Error('The bot is to be stopped'));
  }

  configure(wanted: Configure) {
    const before = this.#orders.wanted;
    this.#orders.take(wanted);
    this.#obey();
    const { status } = this.#host;
    giveSecrets(this.#host, wanted);
    status.generation(wanted.generation);
    status.impair('configuration', this.#orders.whyRefused());
    if (before?.generation !== wanted.generation) this.#failures.forget();
    if (before?.restartCount !== wanted.restartCount) this.#attempt.abort(new Error('Another configuration came'));
    this.#steps.wake();
  }

  lookForDrift() {
    this.#drift.isDue = true;
    if (this.#current) this.#steps.wake();
  }

  async shutDown() {
    this.#attempt.abort(new Error('The supervisor stops'));
    await this.#steps.end();
    await this.#stop({ sentence: 'Stopped', state: 'stopped' });
  }

  /** Until something happens that asks for a step: a configuration, an exit, the time of the next try. */
  async #rest(woken: Promise<void>) {
    const { wanted } = this.#orders;
    if (!wanted || (this.#isSettled(wanted) && !this.#failures.retry.isPending)) return woken;
    await this.#failures.retry.untilDue(woken);
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
    if (this.#current && this.#drift.isDue && this.#isSettled(wanted)) return this.#settleDrift(this.#current);
    if (desired === 'paused') return this.#pause(wanted);
    if (this.#failures.retry.waitMs() > 0) return;
    if (!this.#current) return this.#start(wanted);
    if (this.#current.applied === wanted) return this.#retryModel(wanted);
    return this.#change(this.#current, wanted);
  }

  async #change(running: Running, asked: Configure): Promise<void> {
    const parts = { orders: this.#orders, failures: this.#failures, check: this.#check };
    const outcome = await takeOver(this.#host, parts, { running, asked, signal: this.#signalFor(running) });
    if (outcome === 'next') return this.#steps.wake();
    if ('restart' in outcome) return this.#restart(outcome.restart);
    running.applied = outcome.taken;
    await proven(this.#host, this.#orders, { running });
    this.lookForDrift();
    if (['degraded', 'paused'].includes(this.#host.status.state()) || this.#failures.retry.isPending)
      await this.#retryModel(outcome.taken);
  }

  /** What was started with what somebody changed, or without a plugin, is started anew, unless it is to stand still. */
  async #settleDrift(running: Running) {
    const why = await whyRestart(this.#host, this.#drift, { running, signal: this.#signalFor(running) });
    if (why === undefined) return;
    if (this.#orders.desired() === 'running') return this.#restart(why);
    await this.#stop({ sentence: 'Paused; its gateway does not run', state: 'paused' });
  }

  /** Ends what the bot is about and keeps it from beginning anew; the gateway and all it knows stay. */
  async #pause(wanted: Configure) {
    this.#failures.retry.settle();
    const running = this.#current;
    if (running) await endRuns(running, this.#signalFor(running));
    this.#pausedFor = wanted;
    this.#host.status.set('paused', running ? pausedSentence : 'Paused; its gateway does not run');
  }

  async #start(wanted: Configure) {
    const { signal } = this.#attempt;
    const onSpawn = (process: GatewayProcess) => void (this.#process = process);
    const running = await bringUp(this.#host, wanted, { signal, onSpawn });
    if ('failure' in running) return this.#startFailed(wanted, running);
    this.#current = running;
    await proven(this.#host, this.#orders, { running, startMs: Date.now() - running.process.startedAt });
    running.stopWatching = watchMemory(this.#host, running, {
      onOver: (reason) => endGateway(this.#host, running, reason),
    });
    void running.process.exited.then(() => this.#steps.wake());
    running.link.onEvent(({ event }) => event === 'config.changed' && this.lookForDrift());
    this.#failures.retry.settle();
    await this.#retryModel(wanted);
    this.lookForDrift();
  }

  async #startFailed(tried: Configure, failed: BringUpFailure): Promise<void> {
    if (this.#attempt.signal.aborted) return;
    const { sentence, kind } = failed.failure;
    const parts = { orders: this.#orders, failures: this.#failures };
    const isBad = this.#failures.isTheDocument(kind);
    const isTakenBack = isBad && takeBack(this.#host, parts, { tried, why: sentence });
    if (isBad && !isTakenBack) refuseRuntime(this.#host, sentence);
    if (!isTakenBack) return this.#failed(failed);
    if (this.#orders.wanted) await this.#start(this.#orders.wanted);
  }

  async #retryModel(wanted: Configure) {
    const running = this.#current;
    if (!running) return;
    const signal = this.#signalFor(running);
    await prove(this.#host, this.#failures, { running, wanted, signal, isCurrent: () => this.#current === running });
  }

  async #restart(sentence: string) {
    await this.#stop({ sentence, state: 'stopped' });
    this.#host.status.restarted();
    if (this.#orders.wanted) await this.#start(this.#orders.wanted);
  }

  async #explainExit(running: Running) {
    const exit = await running.process.exited;
    const failure = running.endReason ? { sentence: running.endReason, kind: 'memory' as const } : exitReason(exit);
    running.close();
    this.#current = undefined;
    this.#host.status.restarted();
    await this.#failed({ failure, hasCrashed: true });
  }

  async #stepFailed(error: unknown) {
    // What a gateway that ended left undone is no failure of its own: the next step says why it ended.
    if (this.#current?.process.hasExited()) return;
    await this.#failed(failureOf(error));
  }

  async #failed(failed: BringUpFailure) {
    if (failed.failure.kind === 'state') await endStateHolders(this.#host.folder);
    if (!this.#attempt.signal.aborted) this.#failures.add(failed);
  }

  async #stop({ sentence, state }: { sentence: string; state: GatewayState }) {
    const running = this.#current;
    if (running) {
      this.#host.status.set('stopping', 'Stopping the gateway');
      running.close();
      const killed = await running.process.stop();
      this.#host.log('info', 'gateway stopped', { killed });
      this.#current = undefined;
    }
    this.#host.status.stopped(state, sentence);
  }
}

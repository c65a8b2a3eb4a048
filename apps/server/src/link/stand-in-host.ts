import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { closeCode } from '@clawster/link/handshake';
import { type ConnectedTarget, type Copy, type Seen, whyNotApply, type Workload } from '@clawster/target/target';
import { ObedientBot, type Obeying } from '../seed/obedient-bot.ts';
import { type Behaviour, createIdentity, type Identity, StandInSupervisor } from '../seed/stand-in-supervisor.ts';
import { StandInState } from './stand-in-state.ts';

type Held = {
  workload: Workload;
  identity: Identity;
  enrolled: boolean;
  /** It showed its join token to a control plane that did not know its key. */
  showedToken?: boolean;
  supervisor?: StandInSupervisor | undefined;
  exited?: string;
  /** The generation of the last configuration it took. */
  configured?: number | undefined;
  /** The newest copy of the control plane it obeyed. */
  obeys?: Copy | undefined;
};

/** A host in memory that starts stand-in supervisors, which dial in over the network; it counts what it is told. */
export class StandInHost implements ConnectedTarget {
  readonly volumes = new Map<string, Held>();
  /** The keys of removed bots whose state was kept. */
  readonly #kept = new Map<string, Pick<Held, 'identity' | 'enrolled' | 'obeys'>>();
  readonly calls: { method: 'apply' | 'start' | 'stop' | 'remove'; botId: string; deleteState?: boolean }[] = [];
  readonly state = new StandInState();
  behaviour: Behaviour = {};
  /** Set by a test: what this bot does about a delegation; by its id, which it may not have yet. */
  obey: ((botId: string) => Obeying) | undefined;
  /** Those that obey, by their ids. */
  readonly obedient = new Map<string, ObedientBot>();
  /** Set by a test: its bots need no OpenClaw on this machine. */
  bringsRuntime?: true;
  /** Called by a test's eyes whenever a copy is about to run here. */
  onApply: (botId: string) => void = () => {};
  /** Set by a test: supervisors whose link ended dial in again, as real ones do, at the address they were told last. */
  comesAgain = false;
  /** Set by a test: what `apply` throws. */
  trouble: Error | undefined;
  /** Set by a test: where supervisors dial in, instead of at the replica that applied them; they come again when it is gone. */
  dialTo: string | undefined;
  /** How long they wait before they come again. */
  comeAgainMs = 200;
  appliesAtOnce = 0;
  appliesAtOnceSeen = 0;

  async probe() {
    return { ok: true, message: 'Bots can be put here' };
  }

  async inspect(botId: string): Promise<Seen> {
    const held = this.volumes.get(botId);
    if (!held) return { state: 'absent' };
    const known = { generation: held.workload.generation, ...(held.obeys ? { copy: held.obeys } : {}) };
    return held.exited === undefined
      ? { ...known, state: 'running' }
      : { ...known, state: 'exited', reason: held.exited };
  }

  async apply(workload: Workload): Promise<void> {
    this.appliesAtOnceSeen = Math.max(this.appliesAtOnceSeen, ++this.appliesAtOnce);
    try {
      this.calls.push({ method: 'apply', botId: workload.botId });
      if (this.trouble) throw this.trouble;
      this.onApply(workload.botId);
      await sleep(20);
      this.#take(workload);
    } finally {
      this.appliesAtOnce -= 1;
    }
  }

  #take(workload: Workload): void {
    const before = this.volumes.get(workload.botId);
    const kept = before ?? this.#kept.get(workload.botId);
    const reason = whyNotApply(kept?.obeys, workload);
    if (reason) throw new Error(reason);
    if (before && before.exited === undefined && before.workload.generation >= workload.generation) {
      const { controlPlaneUrl, copy } = workload;
      Object.assign(before, { obeys: copy, workload: { ...before.workload, controlPlaneUrl } });
      return;
    }
    before?.supervisor?.crash();
    this.#make(workload, kept);
  }

  #make(workload: Workload, kept: Pick<Held, 'identity' | 'enrolled'> | undefined): void {
    const held: Held = {
      workload,
      identity: kept?.identity ?? createIdentity(),
      enrolled: kept?.enrolled ?? false,
      obeys: workload.copy,
    };
    this.volumes.set(workload.botId, held);
    this.calls.push({ method: 'start', botId: workload.botId });
    if (this.state.memoryOf(workload.botId) === undefined) this.state.remember(workload.botId, '');
    void this.#start(held);
  }

  async #start(held: Held): Promise<void> {
    const { workload, identity, enrolled } = held;
    try {
      held.supervisor = await StandInSupervisor.dialIn(this.dialTo ?? workload.controlPlaneUrl, {
        botId: workload.botId,
        identity,
        behaviour: this.behaviour,
        bot: this.#obedient(workload.botId),
        obeys: held.obeys,
        generation: held.configured ?? 0,
        ...(enrolled ? {} : { joinToken: workload.joinToken }),
      });
      held.enrolled = true;
      this.#afterLink(held, held.supervisor);
    } catch (error) {
      if (enrolled && !held.showedToken && (error as { code?: number }).code === closeCode.unauthenticated)
        return this.#showToken(held);
      if ((this.dialTo || this.comesAgain) && held.enrolled) return this.#comeAgain(held);
      held.exited = error instanceof Error ? error.message : String(error);
    }
  }

  /** As real ones do, once: a control plane whose database was lost does not know their key. */
  async #showToken(held: Held): Promise<void> {
    held.showedToken = true;
    held.enrolled = false;
    await this.#start(held);
  }

  /** The same over all its links: it knows what it did. */
  #obedient(botId: string): ObedientBot | undefined {
    const bot = this.obedient.get(botId) ?? (this.obey && new ObedientBot(this.obey(botId)));
    if (bot) this.obedient.set(botId, bot);
    return bot;
  }

  #afterLink(held: Held, supervisor: StandInSupervisor): void {
    // What it met may be newer than what applied it.
    held.obeys = supervisor.obeys ?? held.obeys;
    void supervisor.closed.then((code) => {
      held.configured = supervisor.configured.at(-1)?.generation ?? held.configured;
      if (this.comesAgain || (this.dialTo && [1001, 1006].includes(code))) void this.#comeAgain(held);
    });
  }

  /** As a real supervisor does when the control plane went away. */
  async #comeAgain(held: Held): Promise<void> {
    await sleep(this.comesAgain ? 100 : this.comeAgainMs);
    const isWanted = this.volumes.get(held.workload.botId) === held && held.exited === undefined;
    if (isWanted) await this.#start(held);
  }

  async stop(botId: string): Promise<void> {
    this.calls.push({ method: 'stop', botId });
    this.#end(botId, 'stopped');
  }

  async remove(botId: string, { deleteState }: { deleteState: boolean }): Promise<void> {
    this.calls.push({ method: 'remove', botId, deleteState });
    this.#end(botId, 'removed');
    const held = this.volumes.get(botId);
    if (held) this.#kept.set(botId, held);
    if (deleteState) this.#kept.delete(botId);
    if (deleteState) this.state.forget(botId);
    this.volumes.delete(botId);
  }

  async bots() {
    return [...this.volumes.values()].map(({ workload: { botId, botName, workspaceId }, exited }) => ({
      botId,
      name: botName,
      ...(workspaceId ? { workspaceId } : {}),
      runs: exited === undefined,
    }));
  }

  async logs(botId: string): Promise<string[]> {
    return this.volumes.has(botId) ? ['the supervisor began'] : [];
  }

  async exportState(botId: string): Promise<Readable> {
    return this.state.export(botId);
  }

  async importState(botId: string, archive: Readable): Promise<void> {
    if (this.isRunning(botId)) throw new Error('The bot runs: stop it to give it another state');
    await this.state.import(botId, archive);
  }

  /** Whether a copy of the bot runs here. */
  isRunning(botId: string): boolean {
    const held = this.volumes.get(botId);
    return held !== undefined && held.exited === undefined;
  }

  /** The process dies by itself. */
  crash(botId: string): void {
    this.volumes.get(botId)?.supervisor?.crash();
    this.#exited(botId, 'killed by signal SIGKILL');
  }

  #end(botId: string, reason: string): void {
    this.volumes.get(botId)?.supervisor?.end();
    this.#exited(botId, reason);
  }

  #exited(botId: string, reason: string): void {
    const held = this.volumes.get(botId);
    if (!held) return;
    held.supervisor = undefined;
    held.exited = reason;
  }

  /** The supervisor of a bot; throws when it is not linked. */
  supervisor(botId: string): StandInSupervisor {
    const supervisor = this.volumes.get(botId)?.supervisor;
    if (!supervisor) throw new Error('The bot has no linked supervisor');
    return supervisor;
  }

  count(method: 'apply' | 'start' | 'stop' | 'remove', botId: string): number {
    return this.calls.filter((call) => call.method === method && call.botId === botId).length;
  }
}

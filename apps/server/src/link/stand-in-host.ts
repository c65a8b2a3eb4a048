import type { Readable } from 'node:stream';
import type { ConnectedTarget, Seen, Workload } from '@clawster/target/target';
import { StandInState } from './stand-in-state.ts';
import { type Behaviour, createIdentity, type Identity, StandInSupervisor } from './stand-in-supervisor.ts';

type Held = {
  workload: Workload;
  identity: Identity;
  enrolled: boolean;
  supervisor?: StandInSupervisor | undefined;
  exited?: string;
};

/** A host in memory that starts stand-in supervisors, which dial in over the network; it counts what it is told. */
export class StandInHost implements ConnectedTarget {
  readonly volumes = new Map<string, Held>();
  /** The keys of removed bots whose state was kept. */
  readonly #kept = new Map<string, Pick<Held, 'identity' | 'enrolled'>>();
  readonly calls: { method: 'apply' | 'stop' | 'remove'; botId: string; deleteState?: boolean }[] = [];
  readonly state = new StandInState();
  behaviour: Behaviour = {};
  /** Called by a test's eyes whenever a copy is about to run here. */
  onApply: (botId: string) => void = () => {};
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
    const { generation } = held.workload;
    return held.exited === undefined
      ? { state: 'running', generation }
      : { state: 'exited', generation, reason: held.exited };
  }

  async apply(workload: Workload): Promise<void> {
    this.appliesAtOnceSeen = Math.max(this.appliesAtOnceSeen, ++this.appliesAtOnce);
    try {
      this.calls.push({ method: 'apply', botId: workload.botId });
      if (this.trouble) throw this.trouble;
      this.onApply(workload.botId);
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
      const before = this.volumes.get(workload.botId);
      const kept = before ?? this.#kept.get(workload.botId);
      before?.supervisor?.crash();
      const held: Held = {
        workload,
        identity: kept?.identity ?? createIdentity(),
        enrolled: kept?.enrolled ?? false,
      };
      this.volumes.set(workload.botId, held);
      if (this.state.memoryOf(workload.botId) === undefined) this.state.remember(workload.botId, '');
      void this.#start(held);
    } finally {
      this.appliesAtOnce -= 1;
    }
  }

  async #start(held: Held): Promise<void> {
    const { workload, identity, enrolled } = held;
    try {
      held.supervisor = await StandInSupervisor.dialIn(this.dialTo ?? workload.controlPlaneUrl, {
        botId: workload.botId,
        identity,
        behaviour: this.behaviour,
        ...(enrolled ? {} : { joinToken: workload.joinToken }),
      });
      held.enrolled = true;
      void held.supervisor.closed.then((code) => this.#comeAgain(held, code));
    } catch (error) {
      if (this.dialTo && held.enrolled) return this.#comeAgain(held, 1006);
      held.exited = error instanceof Error ? error.message : String(error);
    }
  }

  /** As a real supervisor does when the control plane went away. */
  async #comeAgain(held: Held, code: number): Promise<void> {
    const { botId } = held.workload;
    await new Promise((resolve) => {
      setTimeout(resolve, this.comeAgainMs);
    });
    const wanted = this.volumes.get(botId) === held && held.exited === undefined;
    if (this.dialTo && wanted && [1001, 1006].includes(code)) await this.#start(held);
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

  count(method: 'apply' | 'stop' | 'remove', botId: string): number {
    return this.calls.filter((call) => call.method === method && call.botId === botId).length;
  }
}

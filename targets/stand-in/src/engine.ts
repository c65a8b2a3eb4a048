import { setTimeout as sleep } from 'node:timers/promises';
import { checkBotId } from '@clawster/target/bot-id';
import { NoState } from '@clawster/target/no-state';
import { type ConnectedTarget, type Copy, type Seen, whyNotApply, type Workload } from '@clawster/target/target';
import { packFiles, unpackFiles } from './state-archive.ts';

type Method = 'probe' | 'inspect' | 'apply' | 'stop' | 'remove' | 'exportState' | 'importState';
/** What goes wrong at the next calls of a method: an error, before or after the work is done, or slowness. */
export type Fault = { method: Method; times?: number; delayMs?: number; error?: string; when?: 'before' | 'after' };

export type StandInBot = {
  workload: Workload;
  state: 'starting' | 'running' | 'exited';
  reason: string;
  starts: number;
  /** Its supervisor crashed, and its gateway did not. */
  orphan?: boolean;
};

/** A machine in memory, with the hands and eyes a test needs. */
export type StandInEngine = {
  connect(): ConnectedTarget;
  fail(fault: Fault): void;
  crash(botId: string, how?: { reason?: string; leavesGateway?: boolean }): void;
  /** With `false`, applied bots stay `starting` until `finishStart`. */
  startsByItself: boolean;
  finishStart(botId: string): void;
  readonly bots: ReadonlyMap<string, StandInBot>;
  /** Files of each bot by name; they outlive the bot until they are deleted. */
  readonly volumes: ReadonlyMap<string, Map<string, string>>;
  /** Every call, oldest first, as `apply bot-1`. */
  readonly calls: readonly string[];
};

const engines = new Map<string, StandInEngine>();

/** The engine of that name, made when first asked for. */
export function standInEngine(name: string): StandInEngine {
  const engine = engines.get(name) ?? makeEngine();
  engines.set(name, engine);
  return engine;
}

/** Forgets an engine with all its bots. */
export function forgetEngine(name: string): void {
  engines.delete(name);
}

/** What the engine's two sides share: the target's hands, and the test's. */
type Machine = {
  bots: Map<string, StandInBot>;
  volumes: Map<string, Map<string, string>>;
  /** The newest copy of the control plane that each volume saw. */
  obeyed: Map<string, Copy>;
  faults: Fault[];
  calls: string[];
};

function makeEngine(): StandInEngine {
  const machine: Machine = { bots: new Map(), volumes: new Map(), obeyed: new Map(), faults: [], calls: [] };
  const { bots, volumes, faults, calls } = machine;
  const engine: StandInEngine = {
    bots,
    volumes,
    calls,
    startsByItself: true,
    fail: (fault) => void faults.push({ ...fault }),
    crash(botId, { reason = 'killed by the test', leavesGateway = false } = {}) {
      const bot = bots.get(botId);
      if (bot) Object.assign(bot, { state: 'exited', reason, orphan: leavesGateway });
    },
    finishStart(botId) {
      const bot = bots.get(botId);
      if (bot?.state === 'starting') bot.state = 'running';
    },
    connect: () => connectTo(machine, () => (engine.startsByItself ? 'running' : 'starting')),
  };
  return engine;
}

function connectTo(machine: Machine, stateAtStart: () => StandInBot['state']): ConnectedTarget {
  const { bots, volumes, faults, calls } = machine;
  const faulty = <T>(method: Method, botId: string, work: () => T) =>
    withFaults(faults, method, () => {
      calls.push(`${method} ${botId}`.trim());
      return work();
    });
  return {
    probe: () => faulty('probe', '', () => ({ ok: true, message: 'There is always room on a stand-in' })),
    inspect: (botId) => faulty('inspect', botId, () => seenOf(bots.get(botId), machine.obeyed.get(botId))),
    apply: (workload) => faulty('apply', workload.botId, () => apply(machine, workload, stateAtStart())),
    stop: (botId) => faulty('stop', botId, () => stop(machine, botId)),
    remove: (botId, { deleteState }) =>
      faulty('remove', botId, () => {
        checkBotId(botId);
        bots.delete(botId);
        if (!deleteState) return;
        volumes.delete(botId);
        machine.obeyed.delete(botId);
      }),
    exportState: (botId) =>
      faulty('exportState', botId, () => {
        const files = volumes.get(botId);
        if (!files) throw new NoState();
        return packFiles(files);
      }),
    async importState(botId, archive) {
      checkBotId(botId);
      const files = await unpackFiles(archive);
      await faulty('importState', botId, () => replaceState(machine, botId, files));
    },
    bots: async () => [...volumes.keys()].map((botId) => lying(botId, bots.get(botId))),
    logs: async (botId, lines) => (bots.has(botId) ? [`${botId} runs nowhere`] : []).slice(-lines),
  };
}

/** Since this process began: nothing here is older. */
const since = new Date().toISOString();

function lying(botId: string, bot: StandInBot | undefined) {
  const whose = bot?.workload.workspaceId ? { workspaceId: bot.workload.workspaceId } : {};
  const runs = bot !== undefined && bot.state !== 'exited';
  return { botId, name: bot?.workload.botName ?? botId, runs, since, ...whose };
}

function apply({ bots, volumes, obeyed }: Machine, workload: Workload, state: StandInBot['state']): void {
  checkBotId(workload.botId);
  checkWorkload(workload);
  const reason = whyNotApply(obeyed.get(workload.botId), workload);
  if (reason) throw new Error(reason);
  obeyed.set(workload.botId, workload.copy);
  const known = bots.get(workload.botId);
  if (known && known.workload.generation > workload.generation) return;
  if (known && known.state !== 'exited' && known.workload.generation === workload.generation) return;
  bots.set(workload.botId, { workload, state, reason: '', starts: (known?.starts ?? 0) + 1 });
  if (!volumes.has(workload.botId)) volumes.set(workload.botId, new Map());
}

function stop({ bots }: Machine, botId: string): void {
  checkBotId(botId);
  const bot = bots.get(botId);
  if (!bot) return;
  bot.orphan = false;
  if (bot.state !== 'exited') Object.assign(bot, { state: 'exited', reason: 'Stopped' });
}

/** What is not state stays as it is. */
function replaceState({ bots, volumes }: Machine, botId: string, files: Map<string, string>): void {
  const state = bots.get(botId)?.state;
  if (state && state !== 'exited') throw new Error('The bot runs: stop it to give it another state');
  const own = [...(volumes.get(botId) ?? [])].filter(([name]) => !/^(state|workspace)\//.test(name));
  volumes.set(botId, new Map([...own, ...files]));
}

function seenOf(bot: StandInBot | undefined, copy: Copy | undefined): Seen {
  if (!bot) return { state: 'absent' };
  const known = { generation: bot.workload.generation, ...(copy ? { copy } : {}) };
  if (bot.state !== 'exited') return { ...known, state: bot.state };
  return { ...known, state: 'exited', reason: bot.reason, ...(bot.orphan ? { orphan: true } : {}) };
}

/** A real target would fail later and less clearly. */
function checkWorkload({ generation, joinToken, memoryBytesMax }: Workload): void {
  if (!Number.isInteger(generation) || generation < 1)
    throw new Error(`A generation is a whole number from 1, not ${generation}`);
  if (joinToken === '') throw new Error('A workload needs a join token');
  if (!(memoryBytesMax > 0)) throw new Error('A workload needs a memory limit');
}

async function withFaults<T>(faults: Fault[], method: Method, work: () => T): Promise<T> {
  const fault = faults.find((candidate) => candidate.method === method);
  if (!fault) return work();
  fault.times = (fault.times ?? 1) - 1;
  if (fault.times <= 0) faults.splice(faults.indexOf(fault), 1);
  if (fault.delayMs) await sleep(fault.delayMs);
  if (fault.error !== undefined && fault.when !== 'after') throw new Error(fault.error);
  const result = work();
  if (fault.error !== undefined) throw new Error(fault.error);
  return result;
}

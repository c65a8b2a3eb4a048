import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@clawster/client/client';
import type { Line, Verb } from '../history/history.ts';
import type { FaultInstallation } from './installation.ts';
import type { Journal } from './journal.ts';
import { type Chance, chanceOf } from './seeds.ts';

/** Where commands go. `client` is asked anew each time, so that a load outlives a server. */
type Load = { client: () => Client; journal: Journal; chance: Chance; signal: AbortSignal; connectorId: string };

/** What may be asked of a bot in a state, more often what is ordinary. */
const choices: Record<string, Verb[]> = {
  absent: ['create'],
  running: ['stop', 'pause', 'update', 'update', 'restart', 'restart'],
  paused: ['resume', 'resume', 'update', 'stop'],
  stopped: ['start', 'start', 'start', 'update', 'destroy'],
};

/**
 * One client that orders its own bots about until the signal. What it does not know the outcome of it asks for again,
 * the same under the same name, as a person or a script does.
 */
async function orderAbout(load: Load, names: string[]): Promise<void> {
  const { chance, signal } = load;
  const known = new Map(names.map((name) => [name, { state: 'absent', id: '' }]));
  let lives = 0;
  while (!signal.aborted && known.size > 0) {
    const name = chance.pick([...known.keys()]);
    const bot = known.get(name) as Known;
    const verb = chance.pick(choices[bot.state] ?? []);
    await once(load, { name, verb, bot });
    if (bot.state === 'destroyed') {
      known.delete(name);
      known.set(`${name}-${(lives += 1)}`, { state: 'absent', id: '' });
    }
    await sleep(chance.between(50, 500), undefined, { signal }).catch(() => undefined);
  }
}

type Known = { state: string; id: string };
const after: Partial<Record<Verb, string>> = {
  create: 'running',
  start: 'running',
  resume: 'running',
  stop: 'stopped',
  pause: 'paused',
  destroy: 'destroyed',
};

async function once(load: Load, { name, verb, bot }: { name: string; verb: Verb; bot: Known }): Promise<void> {
  const { journal, chance, signal } = load;
  const value = `${name} ${chance.next()}`;
  const about = { verb, bot: name, ...(verb === 'update' ? { value } : {}) };
  for (;;) {
    const { type } = await journal.ask(about, (until) => send(load, { name, verb, bot, value, until }));
    if (type === 'ok') {
      bot.state = after[verb] ?? bot.state;
      return;
    }
    if (signal.aborted) return;
    await sleep(300);
    // Refused: it is not as this client believes, since an earlier try of it took effect.
    if (type === 'fail' && (await look(load, name, bot))) return;
  }
}

type Sending = { name: string; verb: Verb; bot: Known; value: string; until: AbortSignal };

async function send(load: Load, { name, verb, bot, value, until: signal }: Sending): Promise<void> {
  const { bots } = load.client();
  const botId = bot.id;
  if (verb === 'create') {
    bot.id = (await bots.create({ name, connectorId: load.connectorId }, { signal })).id;
  } else if (verb === 'update') await bots.update({ botId, personality: value }, { signal });
  else if (verb === 'destroy') await bots.destroy({ botId, keepStateDays: 0 }, { signal });
  else await bots[verb]({ botId }, { signal });
}

/** Learns how the bot is wanted now; false while nobody can say. */
async function look({ client }: Load, name: string, bot: Known): Promise<boolean> {
  try {
    const { items } = await client().bots.list({ search: name, limit: 100 }, { signal: AbortSignal.timeout(5_000) });
    const found = items.find((one) => one.name === name);
    bot.id = found?.id ?? bot.id;
    bot.state = found?.spec.desired ?? (bot.id === '' ? 'absent' : 'destroyed');
    return true;
  } catch {
    return false;
  }
}

/** Three clients with two bots each, until `stop`. */
export function startLoad(
  { client, connectorId }: Pick<FaultInstallation, 'client' | 'connectorId'>,
  journal: Journal,
  seed: number,
): { stop(): Promise<void> } {
  const over = new AbortController();
  const clients = ['ada', 'bob', 'eve'].map((name, index) => {
    const chance = chanceOf(seed * 100 + index);
    const load = { client, journal, chance, signal: over.signal, connectorId };
    return orderAbout(load, [`${name}-x`, `${name}-y`]);
  });
  return {
    async stop() {
      over.abort();
      await Promise.all(clients);
      // A load that came to nothing would keep every promise.
      const done = journal.lines.filter(({ type }) => type === 'ok').length;
      if (done < 20) throw new Error(`Only ${done} commands were acknowledged: ${countsOf(journal.lines)}`);
    },
  };
}

export function countsOf(lines: Line[]): string {
  const of = (type: Line['type']) => lines.filter((line) => line.type === type).length;
  return `${of('invoke')} commands, ${of('ok')} acknowledged, ${of('fail')} refused, ${of('info')} unknown`;
}

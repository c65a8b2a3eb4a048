import type { Egress, RefusedEgress } from '@clawster/target/egress';
import type Docker from 'dockerode';
import { label, ours } from '../labels.ts';
import { linesSince, refusedSince } from '../refusals.ts';
import { isOvertaken, replicasOf, servicesWith, type SwarmService, updateService } from './api.ts';
import type { Swarm } from './apply-service.ts';
import { knownBot } from './bot-service.ts';
import { listNodes, whyNotHeard } from './nodes.ts';
import { letOut } from './way-out-service.ts';

/** So that a manager has time for others, too. */
const atOnceMax = 4;
/** A manager asks the node for it. */
const logsMsMax = 3_000;

/** Keeps the bots of the Swarm to these lists, and answers what was refused since it was asked last. */
export async function confine(at: Swarm, lists: readonly (Egress & { botId: string })[]): Promise<RefusedEgress[]> {
  const { engine, settings } = at;
  const listed = new Map(lists.map(({ botId, allowed, inside }) => [botId, { allowed, inside }]));
  const bots = await servicesWith(engine, ours(settings.installation, { [label.role]: 'bot' }));
  const running = bots.map(knownBot).filter(({ isOn }) => isOn);
  await fewAtOnce(running, async ({ labels }) => {
    const botId = labels[label.bot] ?? '';
    // Whoever came first has said what it goes by now; the next pass looks at that.
    await letOut(at, { botId, egress: listed.get(botId) }).catch(unlessOvertaken);
  });
  return (await fewAtOnce(await proxiesToAsk(at), (proxy) => takeRefused(engine, proxy))).flat();
}

/** Those whose node answers: a manager would wait for the others. */
async function proxiesToAsk({ engine, settings }: Swarm): Promise<SwarmService[]> {
  const [proxies, nodes] = await Promise.all([
    servicesWith(engine, ours(settings.installation, { [label.role]: 'egress' })),
    listNodes(engine),
  ]);
  const heard = new Set(nodes.filter((node) => whyNotHeard(node) === undefined).map(({ id }) => id));
  return proxies.filter((proxy) => replicasOf(proxy) > 0 && heard.has(proxy.Spec.Labels?.[label.node] ?? ''));
}

/** Which line was told last is written to the proxy's service: of two processes that read the same, one tells it. */
async function takeRefused(engine: Docker, proxy: SwarmService): Promise<RefusedEgress[]> {
  const told = proxy.Spec.Labels?.[label.told] ?? '';
  // Told with the next pass where it cannot be read now.
  const written = await outputOf(engine, proxy, told).catch(() => Buffer.alloc(0));
  const { last, refused } = refusedSince(written, told);
  if (last === undefined) return [];
  const Labels = { ...proxy.Spec.Labels, [label.told]: last };
  const isOurs = await updateService(engine, proxy, { ...proxy.Spec, Labels }).then(() => true, unlessOvertaken);
  return isOurs ? refused : [];
}

type Logging = { logs(asked: object): Promise<Buffer> };

function outputOf(engine: Docker, { ID }: SwarmService, told: string): Promise<Buffer> {
  return (engine.getService(ID) as unknown as Logging).logs({
    ...linesSince(told),
    abortSignal: AbortSignal.timeout(logsMsMax),
  });
}

function unlessOvertaken(error: unknown): undefined {
  if (!isOvertaken(error)) throw error;
}

/** Does it for all, also where it fails for one; throws what failed first once all are done. */
async function fewAtOnce<T, R>(all: readonly T[], work: (one: T) => Promise<R>): Promise<R[]> {
  const done: PromiseSettledResult<R>[] = [];
  for (let at = 0; at < all.length; at += atOnceMax)
    done.push(...(await Promise.allSettled(all.slice(at, at + atOnceMax).map(work))));
  return Promise.all(done.map((one) => (one.status === 'fulfilled' ? one.value : Promise.reject(one.reason as Error))));
}

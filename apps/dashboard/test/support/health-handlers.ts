import type { Bot, BotPhase } from '@clawster/contract/bot';
import type { BotSignals, HealthVerdict, Incident, Signal, StoryLine } from '@clawster/contract/health';
import type { HealthFacts } from '@clawster/domain/health/facts';
import { rankOf, signalsOf, verdictOf } from '@clawster/domain/health/verdict';
import { botOf } from './bot-of.ts';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

const before = (seconds: number) => new Date(ago(seconds));
const telegram = { channel: 'telegram', checkedAt: ago(20), lastInboundAt: ago(90) } as const;

/** What would be known of a bot in this phase, judged by the rules of the product. */
function factsOf({ status: { phase, reason, since }, spec }: Bot): HealthFacts {
  const isGone = phase === 'failed' || phase === 'stopped' || phase === 'destroyed';
  const isSilent = phase === 'unknown';
  return {
    desired: spec.desired,
    phase,
    reason,
    phaseSince: new Date(since),
    process: { ok: !isGone, text: isGone ? 'No process of this bot' : 'The supervisor runs', at: before(20) },
    link: { connected: !isGone && !isSilent, isKnown: true },
    heardAt: before(isGone || isSilent ? 240 : 4),
    report: {
      state: 'ready',
      reason,
      gateway: { ok: true, text: 'OpenClaw 2026.9.6 answered on its own connection', at: before(3_600) },
      model: { ok: true, text: 'A model turn came back in 2 s', at: before(600) },
      channels: [
        phase === 'degraded'
          ? { ...telegram, state: 'blocked', detail: 'Telegram was not let in: 401 Unauthorized' }
          : { ...telegram, state: 'connected', detail: 'Telegram is connected' },
      ],
      diskBytes: 1_200_000_000,
      isDrifted: false,
    },
    diskBytesMax: spec.diskBytesMax,
    restarts: [],
    calls: { answeredAt: before(90), failedSince: 0 },
    turns: { count: 24, failed: 1, usualCount: 800, usualFailed: 21 },
    unanswered: { count: 0 },
    dropped: 0,
  };
}

function healthOf(bot: Bot): BotSignals {
  const facts = factsOf(bot);
  const now = new Date();
  const signals = signalsOf(facts, now);
  const verdict = verdictOf(facts, signals, now);
  const open = verdict.verdict === 'bad' ? { incidentId: incidentId(bot, 0) } : {};
  const { id: botId, name: botName, status } = bot;
  return { botId, botName, phase: status.phase, ...verdict, since: status.since, ...open, signals, checkedAt: ago(0) };
}

const living = ({ bots }: World) => bots.filter(({ status }) => status.phase !== 'destroyed');

/** Of a bot: the one that is open, and one of before. */
const incidentId = ({ id }: Bot, which: number) => `${id.slice(0, -1)}${which}`;

function incidentsOf(bot: Bot): Incident[] {
  const { botId, botName, cause, why, fix, since } = healthOf(bot);
  const unwell: BotPhase[] = ['failed', 'degraded', 'unknown'];
  const about = { botId, botName };
  if (!cause || !unwell.includes(bot.status.phase)) return [];
  return [
    { ...about, id: incidentId(bot, 0), cause, why, ...(fix ? { fix } : {}), beganAt: since },
    {
      ...about,
      id: incidentId(bot, 1),
      cause: { signal: 'link', text: 'The link to Clawster is down' },
      why: 'The link to Clawster is down. Also bad: Heartbeat',
      beganAt: ago(200_000),
      endedAt: ago(180_000),
      ending: 'recovered',
    },
  ];
}

const allIncidents = (world: World) =>
  living(world)
    .flatMap(incidentsOf)
    .sort((one, other) => other.beganAt.localeCompare(one.beganAt));

function storyOf(world: World, id: string) {
  const incident = allIncidents(world).find((one) => one.id === id);
  if (!incident) throw new Refused('not-found', 'There is no such incident in this workspace');
  const { beganAt, endedAt, cause, botId } = incident;
  const at = (seconds: number) => new Date(new Date(beganAt).getTime() + seconds * 1000).toISOString();
  const story: StoryLine[] = [
    { at: at(-240), kind: 'change', text: 'What it should be was changed' },
    { at: beganAt, kind: 'began', text: cause.text },
    { at: at(5), kind: 'phase', text: 'Degraded: a channel was not let in' },
    ...(endedAt ? [{ at: endedAt, kind: 'ended' as const, text: 'Well again, and it lasted' }] : []),
  ];
  return { ...incident, story, evidence: healthOf(botOf(world, botId)).signals };
}

function fleetOf(world: World) {
  const all = living(world).map(healthOf);
  const of = (verdict: HealthVerdict) => all.filter((one) => one.verdict === verdict);
  const groups = [...Map.groupBy(of('bad'), ({ cause }) => cause?.text ?? '').values()];
  return {
    total: all.length,
    verdicts: Object.fromEntries(
      (['bad', 'unknown', 'settling', 'good', 'muted'] as const).map((verdict) => [verdict, of(verdict).length]),
    ),
    causes: groups
      .map((bots) => ({
        ...bots[0]?.cause,
        fix: bots[0]?.fix,
        bots: bots.length,
        some: bots.slice(0, 5).map(({ botId, botName }) => ({ id: botId, name: botName })),
        since: bots[0]?.since,
      }))
      .sort((one, other) => other.bots - one.bots),
    openIncidents: of('bad').length,
  };
}

function withoutSignals(all: BotSignals & { signals: Signal[] }) {
  const { signals: _signals, checkedAt: _checkedAt, ...health } = all;
  return health;
}

export const healthHandlers: Record<string, Handler> = {
  'health.fleet': fleetOf,
  'health.bot': (world, { botId }) => healthOf(botOf(world, String(botId))),
  'health.bots': (world, { verdict, cause }) => {
    const items = living(world)
      .map(healthOf)
      .filter((one) => (!verdict || one.verdict === verdict) && (!cause || one.cause?.text === cause))
      .sort((one, other) => rankOf(one) - rankOf(other) || one.botName.localeCompare(other.botName))
      .map(withoutSignals);
    return { items: items.slice(0, 50), total: items.length };
  },
  'incidents.list': (world) => {
    const items = allIncidents(world);
    return { items: items.slice(0, 100), total: items.length };
  },
  'incidents.ofBot': (world, { botId }) => {
    const items = incidentsOf(botOf(world, String(botId)));
    return { items, total: items.length };
  },
  'incidents.get': (world, { incidentId: id }) => storyOf(world, String(id)),
};

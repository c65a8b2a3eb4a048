import { z } from 'zod';
import { BotPhase } from './bot.ts';
import { Empty, Id, PageInput, pageOf, Timestamp } from './page.ts';
import { route } from './route.ts';

/** What a bot's health is told by, the gravest first: what is bad further up explains what is bad below. */
export const signalKinds = [
  'process',
  'link',
  'heartbeat',
  'gateway',
  'model',
  'channel',
  'turns',
  'unanswered',
  'restarts',
  'configuration',
  'disk',
  'telemetry',
] as const;
export const SignalKind = z.enum(signalKinds);
export type SignalKind = z.infer<typeof SignalKind>;

/** `unknown` is what nobody has seen, or not lately: never good. */
export const SignalState = z.enum(['good', 'bad', 'unknown']);
export type SignalState = z.infer<typeof SignalState>;

/** One way to tell how a bot is. */
export const Signal = z.object({
  kind: SignalKind,
  /** As people call it: Gateway, or a channel by its name. */
  label: z.string(),
  state: SignalState,
  /** What was seen, in a sentence. */
  text: z.string(),
  /** When it was last seen to be so. */
  at: Timestamp.optional(),
  /** Seen longer ago than this, it reads unknown. */
  deadlineSeconds: z.int(),
  /** What is the matter, in words that are the same for all bots that have it. */
  cause: z.string().optional(),
  /** What to do about it. */
  fix: z.string().optional(),
});
export type Signal = z.infer<typeof Signal>;

/** `settling`: it starts or takes a change over. `muted`: it is still on purpose. */
export const HealthVerdict = z.enum(['bad', 'unknown', 'settling', 'good', 'muted']);
export type HealthVerdict = z.infer<typeof HealthVerdict>;

/** What is the matter with a bot: the gravest signal that is bad. */
export const HealthCause = z.object({ signal: SignalKind, text: z.string() });
export type HealthCause = z.infer<typeof HealthCause>;

/** How a bot is, and why. */
export const BotHealth = z.object({
  botId: Id,
  botName: z.string(),
  phase: BotPhase,
  verdict: HealthVerdict,
  /** In a sentence. */
  why: z.string(),
  fix: z.string().optional(),
  cause: HealthCause.optional(),
  since: Timestamp,
  /** The signals that are bad, the gravest first. */
  failing: z.array(Signal),
  /** The incident that is open. */
  incidentId: Id.optional(),
});
export type BotHealth = z.infer<typeof BotHealth>;

/** One bot with all its signals, as they are right now. */
export const BotSignals = BotHealth.extend({ signals: z.array(Signal), checkedAt: Timestamp });
export type BotSignals = z.infer<typeof BotSignals>;

/** Bots that have the same the matter. */
export const CauseGroup = HealthCause.extend({
  fix: z.string().optional(),
  bots: z.int(),
  /** The first of them by name. */
  some: z.array(z.object({ id: Id, name: z.string() })),
  /** Since when the first of them has it. */
  since: Timestamp,
});
export type CauseGroup = z.infer<typeof CauseGroup>;

/** How well a fleet is. */
export const FleetHealth = z.object({
  total: z.int(),
  verdicts: z.record(HealthVerdict, z.int()),
  /** What needs somebody, what touches most bots first. */
  causes: z.array(CauseGroup),
  openIncidents: z.int(),
});
export type FleetHealth = z.infer<typeof FleetHealth>;

/** `recovered`: it was well for long enough. `muted`: somebody stopped or paused the bot. */
export const IncidentEnding = z.enum(['recovered', 'muted']);
export type IncidentEnding = z.infer<typeof IncidentEnding>;

/** A time in which a bot was not well. */
export const Incident = z.object({
  id: Id,
  botId: Id,
  botName: z.string(),
  cause: HealthCause,
  why: z.string(),
  fix: z.string().optional(),
  beganAt: Timestamp,
  endedAt: Timestamp.optional(),
  ending: IncidentEnding.optional(),
});
export type Incident = z.infer<typeof Incident>;

/** One thing that happened around an incident. */
export const StoryLine = z.object({
  at: Timestamp,
  kind: z.enum(['began', 'change', 'phase', 'ended']),
  text: z.string(),
});
export type StoryLine = z.infer<typeof StoryLine>;

/** An incident with what was seen when it began, and what happened to the bot around it. */
export const IncidentStory = Incident.extend({ evidence: z.array(Signal), story: z.array(StoryLine) });
export type IncidentStory = z.infer<typeof IncidentStory>;

export const ListHealth = PageInput.extend({
  search: z.string().max(100).optional(),
  verdict: HealthVerdict.optional(),
  /** Those with this kind of trouble as the gravest. */
  signal: SignalKind.optional(),
  /** Those with this very cause. */
  cause: z.string().max(300).optional(),
});
export type ListHealth = z.infer<typeof ListHealth>;

const during = { from: Timestamp.optional(), to: Timestamp.optional() };
export const ListIncidents = PageInput.extend({
  /** Those that were open at some time between; absent: always. */
  ...during,
  state: z.enum(['open', 'ended']).optional(),
  signal: SignalKind.optional(),
});
export type ListIncidents = z.infer<typeof ListIncidents>;

export const health = {
  bots: route({
    method: 'GET',
    path: '/health/bots',
    permission: 'bot:read',
    summary: 'How each bot is and why, the worst first',
    input: ListHealth,
    output: pageOf(BotHealth),
  }),
  fleet: route({
    method: 'GET',
    path: '/health/fleet',
    permission: 'bot:read',
    summary: 'How well the fleet is, and what needs somebody, by cause',
    input: Empty,
    output: FleetHealth,
  }),
  bot: route({
    method: 'GET',
    path: '/bots/{botId}/health',
    permission: 'bot:read',
    summary: 'Each signal of a bot with its age and evidence, and what they come to',
    input: z.object({ botId: Id }),
    output: BotSignals,
  }),
};

export const incidents = {
  list: route({
    method: 'GET',
    path: '/incidents',
    permission: 'bot:read',
    summary: 'Times in which bots were not well, the latest first',
    input: ListIncidents,
    output: pageOf(Incident),
  }),
  ofBot: route({
    method: 'GET',
    path: '/bots/{botId}/incidents',
    permission: 'bot:read',
    summary: 'Times in which one bot was not well, the latest first',
    input: PageInput.extend({ botId: Id }),
    output: pageOf(Incident),
  }),
  get: route({
    method: 'GET',
    path: '/incidents/{incidentId}',
    permission: 'bot:read',
    summary: 'One incident: what was seen when it began, and what happened around it',
    input: z.object({ incidentId: Id }),
    output: IncidentStory,
  }),
};

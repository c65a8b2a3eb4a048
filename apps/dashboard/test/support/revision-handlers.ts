import { type Bot, BotSpec, type UpdateBot } from '@clawster/contract/bot';
import type { Document } from '@clawster/contract/document';
import { Revision, type RevisionCause, type RevisionDetail } from '@clawster/contract/revision';
import { changesBetween } from '@clawster/domain/config/changes-between';
import { botOf, refuseUnless } from './bot-of.ts';
import { makeBot } from './fleet.ts';
import { changedBot, configurationOf, pageOf, refuseUnfit, refuseUnknown, storeOf } from './layer-handlers.ts';
import { takeUp } from './phases.ts';
import { Refused } from './refused.ts';
import { type Handler, owner, tellEvent, type World } from './world.ts';

type One = { botId: string; number: number };
type Changes = Omit<UpdateBot, 'botId'>;
type Why = { cause: RevisionCause; reason?: string | undefined };

export const revisionHandlers: Record<string, Handler> = {
  'revisions.list': (world, { botId, ...page }: { botId: string; cursor?: string; limit: number }) =>
    pageOf(revisionsOf(world, botOf(world, botId)).toReversed().map(withoutConfiguration), page),
  'revisions.get': (world, one: One) => found(world, one),
  'revisions.compare': (world, { botId, number, since }: One & { since?: number }) => {
    const after = found(world, { botId, number });
    const earlier = since ?? revisionsOf(world, botOf(world, botId)).findLast((one) => one.number < number)?.number;
    if (earlier === undefined) return { changes: [] };
    const before = found(world, { botId, number: earlier });
    return { since: earlier, changes: changesBetween(comparable(before), comparable(after)) };
  },
  'revisions.label': (world, { label, ...one }: One & { label: string | null }) => {
    const revision = found(world, one);
    const taken = label !== null && revisionsOf(world, botOf(world, one.botId)).some((other) => other.label === label);
    const message = `Another revision of this bot is named ${label}: choose another name`;
    if (taken) throw new Refused('conflict', message, [{ path: 'label', message }]);
    if (label === null) delete revision.label;
    else revision.label = label;
    return withoutConfiguration(revision);
  },
  'revisions.rollBack': (world, { reason, ...one }: One & { reason: string }) => {
    const bot = botOf(world, one.botId);
    refuseUnless(bot, 'update');
    const { desired: _, template, ...past } = structuredClone(found(world, one).spec);
    const before = JSON.stringify(BotSpec.parse(bot.spec));
    become(world, bot, { ...past, template: template ?? null });
    if (JSON.stringify(BotSpec.parse(bot.spec)) === before)
      throw new Refused('refused', `The bot itself is what it was at revision ${one.number} already`);
    keepRevision(world, bot, { cause: { kind: 'rollback', number: one.number }, reason });
    return bot;
  },
};

/** A bot's revisions, the oldest first; that as which it was found is the first. */
function revisionsOf(world: World, bot: Bot): RevisionDetail[] {
  const known = world.revisions.get(bot.id);
  if (known) return known;
  const first = [revisionOf(world, bot, { cause: { kind: 'first' } })];
  world.revisions.set(bot.id, first);
  return first;
}

/** After a change: another generation, and what the bot was to be then. */
function keepRevision(world: World, bot: Bot, why: Why): void {
  const all = world.revisions.get(bot.id) ?? [];
  for (const one of all) one.current = false;
  bot.generation += 1;
  world.revisions.set(bot.id, [...all, revisionOf(world, bot, why)]);
  tellEvent(world, why.cause.kind === 'rollback' ? 'bot-rolled-back' : 'bot-updated', bot);
  void takeUp(world, bot);
}

/** Changes what a bot is to be, and keeps what it was. */
export function changeBot(world: World, bot: Bot, changes: Changes): void {
  revisionsOf(world, bot);
  become(world, bot, changes);
  keepRevision(world, bot, { cause: { kind: 'bot' }, reason: changes.reason });
}

/** Makes a bot what is asked for, unless it could not take that over. */
function become(world: World, bot: Bot, changes: Changes): void {
  refuseUnless(bot, 'update');
  refuseUnknown(world, changes);
  const changed = changedBot(bot, changes);
  refuseUnfit(world, bot, changed);
  bot.spec = changed.spec;
}

/** Its host refuses what a bot is to be now; the gateway works on by what it had before. */
function judgeBad(world: World, bot: Bot, reason: string): void {
  const bad = revisionsOf(world, bot).at(-1);
  if (!bad) throw new Error('Every bot has a revision');
  Object.assign(bad, { verdict: 'bad', verdictReason: reason });
  const { status } = makeBot(bot.name, 'degraded', 20);
  const meanwhile = `generation ${bot.generation} runs with the configuration of generation ${bad.number - 1}`;
  bot.status = {
    ...status,
    observedGeneration: bot.generation,
    reason: `${reason}. The bot works on: ${meanwhile}`,
  };
  tellEvent(world, 'revision-judged', bot, { revision: bad.number, verdict: 'bad', reason });
}

/** What OpenClaw says of a document with a key it does not know. */
export const badReason = 'OpenClaw refuses the configuration: <root>: Unrecognized key: "nonsense"';

/** A bot is changed, and its host refuses that. */
export function changeBadly(world: World, bot: Bot): void {
  changeBot(world, bot, { settings: { identity: { role: 'You shout.' } }, reason: 'A joke' });
  judgeBad(world, bot, badReason);
}

function revisionOf(world: World, bot: Bot, { cause, reason = '' }: Why): RevisionDetail {
  const { layers, document, files } = configurationOf(storeOf(world), bot);
  return {
    number: bot.generation,
    at: new Date().toISOString(),
    author: { kind: 'person', id: owner.id, name: owner.name },
    cause,
    reason,
    ...(cause.kind === 'first' ? { verdict: 'good' as const } : {}),
    current: true,
    spec: structuredClone(bot.spec),
    layers,
    document,
    files,
  };
}

function found(world: World, { botId, number }: One): RevisionDetail {
  const one = revisionsOf(world, botOf(world, botId)).find((other) => other.number === number);
  if (!one) throw new Refused('not-found', `This bot has no revision ${number}`);
  return one;
}

function withoutConfiguration(revision: RevisionDetail): Revision {
  return Revision.parse(revision);
}

function comparable({ spec, document, files }: RevisionDetail): Document {
  const bot = BotSpec.omit({ settings: true, desired: true, personality: true }).parse(spec);
  return { bot, document, files } as unknown as Document;
}

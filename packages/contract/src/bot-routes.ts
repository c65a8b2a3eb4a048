import { z } from 'zod';
import { Bot, BotCounts, BotInput, BotName, CreateBot, ListBots, ListedBot, LogLine, UpdateBot } from './bot.ts';
import { DoctorReport, RepairReport } from './doctor.ts';
import { Labels } from './label.ts';
import { Operation } from './operation.ts';
import { Id, pageOf } from './page.ts';
import { route } from './route.ts';

/** What can be done with bots. */
export const bots = {
  list: route({
    method: 'GET',
    path: '/bots',
    permission: 'bot:read',
    summary: 'Bots of the workspace, filtered, sorted and paged',
    input: ListBots,
    output: pageOf(ListedBot),
  }),
  counts: route({
    method: 'GET',
    path: '/bots/counts',
    permission: 'bot:read',
    summary: 'How many bots there are in each phase',
    input: z.object({}),
    output: BotCounts,
  }),
  get: route({
    method: 'GET',
    path: '/bots/{botId}',
    permission: 'bot:read',
    summary: 'One bot',
    input: BotInput,
    output: Bot,
  }),
  create: route({
    method: 'POST',
    path: '/bots',
    permission: 'bot:create',
    summary: 'Create a bot; it is deployed in the background',
    input: CreateBot,
    output: Bot,
  }),
  update: route({
    method: 'PATCH',
    path: '/bots/{botId}',
    permission: 'bot:update',
    summary: 'Change what a bot should be; a running bot takes it up',
    input: UpdateBot,
    output: Bot,
  }),
  label: route({
    method: 'PUT',
    path: '/bots/{botId}/labels',
    permission: 'bot:label',
    summary: "Replace a bot's labels; who reaches it by them changes at once",
    input: BotInput.extend({ labels: Labels }),
    output: Bot,
  }),
  start: route({
    method: 'POST',
    path: '/bots/{botId}/start',
    permission: 'bot:operate',
    summary: 'Start a bot',
    input: BotInput,
    output: Bot,
  }),
  stop: route({
    method: 'POST',
    path: '/bots/{botId}/stop',
    permission: 'bot:operate',
    summary: 'Stop a bot; its state stays',
    input: BotInput,
    output: Bot,
  }),
  pause: route({
    method: 'POST',
    path: '/bots/{botId}/pause',
    permission: 'bot:operate',
    summary: 'Pause a bot: it takes no turns from anyone, and keeps what it was about',
    input: BotInput,
    output: Bot,
  }),
  resume: route({
    method: 'POST',
    path: '/bots/{botId}/resume',
    permission: 'bot:operate',
    summary: 'Let a paused bot take turns again',
    input: BotInput,
    output: Bot,
  }),
  restart: route({
    method: 'POST',
    path: '/bots/{botId}/restart',
    permission: 'bot:operate',
    summary: "Start a bot's gateway anew",
    input: BotInput,
    output: Bot,
  }),
  redeploy: route({
    method: 'POST',
    path: '/bots/{botId}/redeploy',
    permission: 'bot:operate',
    summary: 'Make the whole process of a bot anew, supervisor and gateway, on the same state',
    input: BotInput,
    output: Bot,
  }),
  clone: route({
    method: 'POST',
    path: '/bots/{botId}/clone',
    permission: 'bot:create',
    summary: 'Create a bot with the configuration of another',
    /** `memory`: with its conversations, memory and files; the new bot starts once they are there. */
    input: BotInput.extend({ name: BotName, start: z.boolean().default(true), memory: z.boolean().default(false) }),
    output: Bot,
  }),
  move: route({
    method: 'POST',
    path: '/bots/{botId}/move',
    permission: 'bot:update',
    summary: 'Move a bot with its state to another target; it stands still meanwhile',
    input: BotInput.extend({ targetId: Id }),
    output: Operation,
  }),
  restore: route({
    method: 'POST',
    path: '/bots/{botId}/restore',
    permission: 'bot:destroy',
    summary: 'Bring a destroyed bot back while its state is still kept',
    /** `name`: when another bot has taken its name meanwhile. */
    input: BotInput.extend({ name: BotName.optional(), start: z.boolean().default(true) }),
    output: Bot,
  }),
  destroy: route({
    method: 'DELETE',
    path: '/bots/{botId}',
    permission: 'bot:destroy',
    summary: 'Destroy a bot; its state is kept for some days',
    input: BotInput.extend({ keepStateDays: z.coerce.number().int().min(0).max(90).default(7) }),
    output: Bot,
  }),
  doctor: route({
    method: 'POST',
    path: '/bots/{botId}/doctor',
    permission: 'bot:operate',
    summary: "Run OpenClaw's own doctor on the bot's host; changes nothing",
    input: BotInput,
    output: DoctorReport,
  }),
  repair: route({
    method: 'POST',
    path: '/bots/{botId}/repair',
    permission: 'bot:operate',
    summary: "Stop a bot's gateway, do the safe repairs on its state, and start it again; its configuration stays",
    input: BotInput,
    output: RepairReport,
  }),
  logs: route({
    method: 'GET',
    path: '/bots/{botId}/logs',
    permission: 'bot:read',
    stream: true,
    summary: 'The last log lines, and with `follow` what comes after them',
    input: BotInput.extend({
      lines: z.coerce.number().int().min(1).max(2_000).default(200),
      follow: z.stringbool().or(z.boolean()).default(false),
    }),
    output: LogLine,
  }),
};

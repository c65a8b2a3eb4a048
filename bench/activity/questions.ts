import { compareCosts } from '@clawster/control-plane/cost/compare-costs';
import { forecastCosts } from '@clawster/control-plane/cost/forecast-costs';
import { listConversationCosts } from '@clawster/control-plane/cost/list-conversation-costs';
import { listCosts } from '@clawster/control-plane/cost/list-costs';
import { getPrometheus } from '@clawster/control-plane/metrics/get-prometheus';
import { getConversation } from '@clawster/control-plane/trace/get-conversation';
import { getTrace } from '@clawster/control-plane/trace/get-trace';
import { listConversations } from '@clawster/control-plane/trace/list-conversations';
import { listTurns } from '@clawster/control-plane/trace/list-turns';
import { crossCheck } from '@clawster/control-plane/usage/cross-check';
import { listLoops } from '@clawster/control-plane/usage/list-loops';
import { messageUse } from '@clawster/control-plane/usage/message-use';
import { toolUse } from '@clawster/control-plane/usage/tool-use';
import { healthQuestions } from './health-questions.ts';
import { type Known, one, type Question } from './question.ts';

const channels = ['telegram', 'slack', 'discord', 'whatsapp', 'signal', 'teams', 'matrix', 'clawster'];
const searched = [
  'parcel',
  'saxophone',
  'lighthouse invoice',
  'quetzal',
  'nowhere',
  'lobster-17',
  '"customer delivery"',
];
const ago = (days: number) => ({ from: new Date(Date.now() - days * 86_400_000).toISOString() });

/** Every page's queries as the API makes them, each with something else at every time. */
export function questions(known: Known): Question[] {
  const { botIds, turns } = known;
  const tool = () => (Math.random() < 0.2 ? 'tool-rare' : `tool-${Math.floor(Math.random() * 20)}`);
  const feed = (name: string, input: () => object): Question => ({
    name: `turns ${name}`,
    ask: (plane, caller) => listTurns(plane, caller, input()),
  });
  return [
    feed('of the last day', () => ({})),
    feed('of 30 days', () => ago(30)),
    feed('of some time ago', () => ({ ...ago(30), to: ago(Math.random() * 29).from })),
    feed('of a bot', () => ({ ...ago(30), botId: one(botIds) })),
    feed('with a tool', () => ({ ...ago(30), tool: tool() })),
    feed('of a bot with a tool', () => ({ ...ago(30), tool: tool(), botId: one(botIds) })),
    feed('of a channel', () => ({ ...ago(30), channel: one([...channels, 'never']) })),
    feed('not ok', () => ({ ...ago(30), outcome: one(['not-ok', 'failed', 'interrupted']) })),
    feed('with words, a day', () => ({ search: one(searched) })),
    feed('with words, 30 days', () => ({ ...ago(30), search: one(searched) })),
    { name: 'a trace', ask: (plane, caller) => getTrace(plane, caller, { traceId: one(turns).traceId }) },
    {
      name: 'conversations',
      ask: (plane, caller) => listConversations(plane, caller, { channel: one([...channels, undefined]) }),
    },
    {
      name: 'a conversation',
      ask(plane, caller) {
        const { botId, session } = one(turns);
        return getConversation(plane, caller, { botId, session });
      },
    },
    ...[1, 7, 30].flatMap((days): Question[] => [
      { name: `messages, ${days} days`, ask: (plane, caller) => messageUse(plane, caller, ago(days)) },
      { name: `tools, ${days} days`, ask: (plane, caller) => toolUse(plane, caller, ago(days)) },
      { name: `loops, ${days} days`, ask: (plane, caller) => listLoops(plane, caller, ago(days)) },
      { name: `cross-check, ${days} days`, ask: (plane, caller) => crossCheck(plane, caller, ago(days)) },
    ]),
    {
      name: 'tools of a bot, 30 days',
      ask: (plane, caller) => toolUse(plane, caller, { ...ago(30), botId: one(botIds) }),
    },
    ...costQuestions(botIds),
    ...healthQuestions(known),
    { name: 'a scrape of Prometheus', ask: (plane, caller) => getPrometheus(plane, caller, {}) },
  ];
}

const groups = ['bot', 'channel', 'model', 'connector', 'target', 'day'];
const daysAgo = (days: number) => ({ from: ago(days).from.slice(0, 10) });

function costQuestions(botIds: string[]): Question[] {
  return [
    ...[7, 29].map((days): Question => ({
      name: `cost, ${days + 1} days`,
      ask: (plane, caller) => listCosts(plane, caller, { ...daysAgo(days), group: one(groups) }),
    })),
    {
      name: 'cost by label, 30 days',
      ask: (plane, caller) => listCosts(plane, caller, { ...daysAgo(29), group: 'label', label: 'team' }),
    },
    {
      name: 'cost of a bot, 30 days',
      ask: (plane, caller) => listCosts(plane, caller, { ...daysAgo(29), group: one(groups), botId: one(botIds) }),
    },
    { name: 'cost forecast', ask: (plane, caller) => forecastCosts(plane, caller, {}) },
    {
      name: 'cost of conversations, 30 days',
      ask: (plane, caller) => listConversationCosts(plane, caller, daysAgo(29)),
    },
    {
      name: 'cost of conversations, 24 days',
      ask(plane, caller) {
        const before = 1 + Math.floor(Math.random() * 5);
        return listConversationCosts(plane, caller, { ...daysAgo(23 + before), to: daysAgo(before).from });
      },
    },
    {
      name: 'cost of conversations, others',
      ask: (plane, caller) => listConversationCosts(plane, caller, one([{}, daysAgo(6)])),
    },
    {
      name: 'cost before and after',
      ask: (plane, caller) => compareCosts(plane, caller, { botId: one(botIds), at: ago(8).from }),
    },
  ];
}

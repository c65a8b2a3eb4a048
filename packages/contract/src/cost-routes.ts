import { z } from 'zod';
import { Empty, Id, PageInput } from './page.ts';
import { route } from './route.ts';
import {
  CompareCosts,
  Comparison,
  ConversationCost,
  CostFilter,
  CostGroup,
  CostSpike,
  Costs,
  Days,
  Forecast,
  ImportTargetCosts,
  SetTargetPrice,
  TargetCost,
  during,
} from './cost.ts';

/** What is asked of costs. */
export const costs = {
  list: route({
    method: 'GET',
    path: '/costs',
    permission: 'telemetry:read',
    summary: 'What bots cost, by what is asked for, against the days before',
    input: CostFilter.extend({
      ...during,
      group: CostGroup.default('bot'),
      label: z.string().max(63).optional(),
    }).refine(({ group, label }) => group !== 'label' || Boolean(label), {
      path: ['label'],
      message: 'Name the label that groups bots, such as team',
    }),
    output: Costs,
  }),
  export: route({
    method: 'GET',
    path: '/costs/export',
    permission: 'telemetry:read',
    summary: 'What bots cost as a file: a line for each day, bot, channel, model and connector',
    input: CostFilter.extend(during),
    output: z.string(),
    file: true,
  }),
  conversations: route({
    method: 'GET',
    path: '/costs/conversations',
    permission: 'telemetry:read',
    summary: 'The conversations that cost most in these days, at most 31',
    input: z.object({ ...during, botId: Id.optional(), limit: PageInput.shape.limit }),
    output: z.object({ ...Days.shape, items: z.array(ConversationCost) }),
  }),
  forecast: route({
    method: 'GET',
    path: '/costs/forecast',
    permission: 'telemetry:read',
    summary: 'What this month is thought to come to',
    input: CostFilter,
    output: Forecast,
  }),
  comparison: route({
    method: 'GET',
    path: '/costs/comparison',
    permission: 'telemetry:read',
    summary: 'What a change of a bot did to the cost, tokens, failures and duration of its turns',
    input: CompareCosts,
    output: Comparison,
  }),
  spikes: route({
    method: 'GET',
    path: '/costs/spikes',
    permission: 'telemetry:read',
    summary: 'Bots whose cost or tokens rose far above what is usual for them, of the last seven days',
    input: z.object({ botId: Id.optional() }),
    output: z.object({ items: z.array(CostSpike) }),
  }),
  targets: route({
    method: 'GET',
    path: '/costs/targets',
    permission: 'target:read',
    summary: 'What each target costs, and how it is known',
    input: Empty,
    output: z.object({ items: z.array(TargetCost) }),
  }),
  setTargetPrice: route({
    method: 'PUT',
    path: '/targets/{targetId}/price',
    permission: 'target:manage',
    summary: 'Say what a target costs an hour, from an hour on',
    input: SetTargetPrice,
    output: TargetCost,
  }),
  importTargetCosts: route({
    method: 'POST',
    path: '/costs/import',
    permission: 'target:manage',
    summary: 'Take over what targets cost by the day; days that were imported before are replaced',
    input: ImportTargetCosts,
    output: z.object({ days: z.int(), targets: z.int(), usd: z.number() }),
  }),
};

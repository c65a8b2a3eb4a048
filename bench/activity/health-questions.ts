import { listBots } from '@clawster/control-plane/bot/list-bots';
import { listBudgets } from '@clawster/control-plane/budget/list-budgets';
import { listSpikes } from '@clawster/control-plane/cost/list-spikes';
import { listEvents } from '@clawster/control-plane/event/list-events';
import { getBotHealth } from '@clawster/control-plane/health/get-bot-health';
import { getFleetHealth } from '@clawster/control-plane/health/get-fleet-health';
import { getIncident } from '@clawster/control-plane/health/get-incident';
import { listHealth } from '@clawster/control-plane/health/list-health';
import { listBotIncidents, listIncidents } from '@clawster/control-plane/health/list-incidents';
import { type Known, one, type Question } from './question.ts';

const signals = ['model', 'channel', 'turns', undefined] as const;

/** What Home and Health ask, each by itself. */
export function healthQuestions({ botIds, incidentIds }: Known): Question[] {
  return [
    { name: 'health of the fleet', ask: (plane, caller) => getFleetHealth(plane, caller, {}) },
    {
      name: 'health of bots, the worst first',
      ask: (plane, caller) => listHealth(plane, caller, one([{}, { verdict: 'bad' }, { search: '7' }])),
    },
    { name: "a bot's health", ask: (plane, caller) => getBotHealth(plane, caller, { botId: one(botIds) }) },
    {
      name: 'incidents',
      ask: (plane, caller) => listIncidents(plane, caller, one([{}, { state: 'open' }, { signal: one(signals) }])),
    },
    { name: 'incidents of a bot', ask: (plane, caller) => listBotIncidents(plane, caller, { botId: one(botIds) }) },
    { name: 'an incident', ask: (plane, caller) => getIncident(plane, caller, { incidentId: one(incidentIds) }) },
    {
      name: 'home: bots in trouble',
      ask: (plane, caller) => listBots(plane, caller, { phase: 'failed', order: 'since' }),
    },
    { name: 'home: what changed', ask: (plane, caller) => listEvents(plane, caller, { limit: 50 }) },
    { name: 'home: spikes', ask: (plane, caller) => listSpikes(plane, caller, {}) },
    { name: 'home: budgets', ask: (plane, caller) => listBudgets(plane, caller, {}) },
  ];
}

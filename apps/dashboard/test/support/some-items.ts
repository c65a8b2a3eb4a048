import { createHash, randomUUID } from 'node:crypto';
import type { InboxItemDetail } from '@clawster/contract/inbox';
import type { TeamDetail } from '@clawster/contract/team';
import { ago } from './fleet.ts';
import { notifierFrom } from './notifier-handlers.ts';
import { heldId, heldItemId, plannedGoalId } from './team-ids.ts';
import type { World } from './world.ts';

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** What waits for a person: one of each kind that is decided otherwise, and one that was decided. */
export function someItems(team: TeamDetail): InboxItemDetail[] {
  const [, second, third] = team.members;
  const base = { teamId: team.id, teamName: team.name, state: 'open' as const, isQuestion: false, choices: [] };
  return [
    {
      ...base,
      id: heldItemId,
      kind: 'delegation',
      title: `${second?.botName} asks ${third?.botName}: Give Acme their money back`,
      subjectId: heldId,
      traceId: 'trace-across',
      decisions: ['approve', 'always', 'refuse'],
      contentHash: hashOf('held'),
      createdAt: ago(240),
      expiresAt: ago(-86_000),
      content: [
        { label: 'Asked by', text: second?.botName ?? '', untrusted: false },
        {
          label: 'What is asked',
          text: 'Acme wants its money back for order 4711: 120 US dollars.\n<img src=x onerror="alert(1)"> [Click](javascript:alert(1))',
          untrusted: true,
        },
      ],
    },
    {
      ...base,
      id: randomUUID(),
      kind: 'question',
      title: `${third?.botName} asks: may it book invoices without a number?`,
      decisions: [],
      isQuestion: true,
      choices: ['Yes', 'No'],
      contentHash: hashOf('question'),
      createdAt: ago(900),
      content: [{ label: 'The question', text: 'Two invoices have no number. May I book them?', untrusted: false }],
    },
    {
      ...base,
      id: randomUUID(),
      kind: 'plan',
      title: `Plan for “Open a shop in Lyon”: 4 tasks, proposed by ${team.lead.botName}`,
      subjectId: plannedGoalId,
      decisions: ['approve', 'refuse'],
      contentHash: hashOf('plan'),
      createdAt: ago(1_800),
      content: [{ label: 'The plan', text: 'Find a place: list places to let, ask for visits', untrusted: false }],
      whyNot: 'It comes of your own asking: somebody else decides it',
    },
    {
      ...base,
      id: randomUUID(),
      kind: 'delegation',
      state: 'refused',
      title: 'Delete the old tickets',
      decisions: [],
      contentHash: hashOf('deleted'),
      createdAt: ago(90_000),
      decidedAt: ago(86_000),
      decidedBy: 'Grace Hopper',
      reason: 'We keep them for two years',
      content: [{ label: 'What is asked', text: 'Delete all tickets of 2024', untrusted: false }],
    },
  ];
}

/** One that goes well, and one that fails. */
export function someNotifiers(world: World) {
  const slack = notifierFrom(world, {
    name: 'On call',
    kind: 'slack',
    url: 'https://hooks.slack.com/services/T0/B0/x',
    inboxKinds: ['delegation', 'question', 'plan', 'stall', 'tool', 'budget'],
  });
  slack.sentAt = ago(600);
  const webhook = notifierFrom(world, {
    name: 'Ticket desk',
    kind: 'webhook',
    url: 'https://broken.example.com/in',
    inboxKinds: ['question'],
  });
  webhook.trouble = 'broken.example.com answered 404: nothing takes messages there';
  return [slack, webhook];
}

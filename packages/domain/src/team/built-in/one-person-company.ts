import { RuleAction } from '@clawster/contract/team-rule';
import { TeamLimits } from '@clawster/contract/team';
import type { BuiltInTeam } from '../built-in.ts';

/** A person looks at it first, within a day. */
const hold = (reason: string) => RuleAction.parse({ do: 'hold', reason });
const allow = (more: object = {}) => RuleAction.parse({ do: 'allow', ...more });

export const onePersonCompany: BuiltInTeam = {
  id: 'one-person-company',
  name: 'One-person company',
  summary: 'A lead with support, DevOps, code review and business operations: what a founder alone has no hands for',
  charter: [
    'We do the work of {{company}} that its founder has no hands for: {{product}}.',
    'The lead turns goals into plans and gives tasks to whoever can do them. Each task has one owner, and a result that can be used without asking back.',
    'What we learn that others need, we write into the shared context, under keys such as customers/acme or decisions/pricing.',
    'Money, changes in production and words to customers go past a person first. When in doubt we ask.',
  ].join('\n'),
  variables: [
    { name: 'company', label: 'Your company', kind: 'text' },
    { name: 'product', label: 'What it offers', kind: 'text', default: 'the products of {{company}}' },
    { name: 'owner', label: 'Who decides', kind: 'text', default: 'the founder of {{company}}' },
  ],
  roles: [
    {
      key: 'lead',
      botName: 'Lead',
      title: 'Team lead',
      summary: 'Turns goals into plans, gives tasks away, and puts results together',
      template: 'team-lead',
      variables: { mission: 'Keep {{company}} going and growing: {{product}}', people: '{{owner}}' },
      capabilities: ['planning'],
      mayDelegate: true,
    },
    {
      key: 'support',
      botName: 'Support',
      title: 'Customer support',
      summary: 'Answers customers, and knows what they ask for',
      template: 'support',
      variables: { company: '{{company}}', product: '{{product}}', handover: '{{owner}}' },
      capabilities: ['customer-support', 'customer-feedback'],
      mayDelegate: false,
    },
    {
      key: 'devops',
      botName: 'DevOps',
      title: 'DevOps',
      summary: 'Looks after what runs, and prepares changes of it',
      template: 'devops',
      variables: { onCall: '{{owner}}' },
      capabilities: ['devops', 'incident-analysis', 'deployment'],
      mayDelegate: true,
    },
    {
      key: 'review',
      botName: 'Reviewer',
      title: 'Code review',
      summary: 'Reads changes before they go in, and says what is wrong with them',
      template: 'code-review',
      variables: {},
      capabilities: ['code-review'],
      mayDelegate: false,
    },
    {
      key: 'business',
      botName: 'Business',
      title: 'Business operations',
      summary: 'Keeps figures, reports and papers in order',
      template: 'business-operations',
      variables: { company: '{{company}}', owner: '{{owner}}' },
      capabilities: ['business-operations', 'reporting', 'research'],
      mayDelegate: true,
    },
  ],
  rules: [
    {
      id: 'people',
      name: 'People may ask for anything',
      enabled: true,
      when: { from: ['@person'] },
      action: allow({}),
    },
    {
      id: 'money',
      name: 'Money goes past a person',
      enabled: true,
      when: {
        text: { matches: String.raw`(?i)\b(pay|pays|paying|payments?|payouts?|refunds?|purchas\w+|buy|buying|wire)\b` },
      },
      action: hold('It is about money'),
    },
    {
      id: 'production',
      name: 'Changes in production go past a person',
      enabled: true,
      when: { text: { matches: String.raw`(?i)\b(production|prod|go live|live system)\b` } },
      action: hold('It is about what runs in production'),
    },
    {
      id: 'customers',
      name: 'Words to customers go past a person',
      enabled: true,
      when: {
        text: {
          matches: String.raw`(?i)\b(e-?mail|mail|write|send|reply|answer|message|contact|newsletter)\b[^.\n]{0,80}\b(customers?|clients?|users?|subscribers?)\b`,
        },
      },
      action: hold('It is about words to customers'),
    },
    {
      id: 'deployment',
      name: 'Deployments go past a person',
      enabled: true,
      when: { capability: ['deployment'] },
      action: hold('It asks for a deployment'),
    },
    {
      id: 'lead',
      name: 'The lead may ask anybody for what they do',
      enabled: true,
      when: { from: ['@lead'] },
      action: allow({ share: { down: 'entries', entries: ['*'] } }),
    },
    {
      id: 'review',
      name: 'Members may ask for a code review',
      enabled: true,
      when: { from: ['@member'], capability: ['code-review'] },
      action: allow({ limit: { perHour: 20 } }),
    },
  ],
  limits: TeamLimits.parse({ usdPerOrigin: 25 }),
};

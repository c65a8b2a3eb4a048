import { randomUUID } from 'node:crypto';
import type { Overlay } from '@clawster/contract/overlay';
import type { Profile } from '@clawster/contract/profile';
import { pinOf } from '@clawster/domain/skill/pin';
import { ago } from './fleet.ts';
import { refundsBefore, someSkills } from './some-skills.ts';
import type { StandInTemplate } from './template-handlers.ts';
import type { World } from './world.ts';

/** A workspace whose bots share layers: two profiles, an overlay, two templates and skills; the first bot was made from an older version. */
export function giveLayers(world: World): void {
  const [desk] = (world.templates = someTemplates());
  world.profiles = someProfiles();
  world.overlays = [holiday];
  world.skills = someSkills();
  const [first, second] = world.bots.filter(({ spec }) => spec.desired === 'running');
  for (const bot of [first, second]) if (bot) bot.labels = { team: 'support' };
  if (first && desk) {
    first.spec.template = { id: desk.id, version: 1, variables: { company: 'Acme' } };
    first.spec.settings = {
      identity: { style: 'Two sentences at most.' },
      openclaw: { tools: { allow: { $add: ['ls'] } } },
    };
  }
}

const times = { createdAt: ago(86_400), updatedAt: ago(3_600) };

function someProfiles(): Profile[] {
  return [
    {
      id: randomUUID(),
      name: 'Support',
      description: 'What all who answer customers share',
      selector: { team: 'support' },
      priority: 100,
      settings: {
        identity: {
          role: 'You answer customers of Acme, and hand over to a person when money or law is asked about.',
          goals: [{ goal: 'Answer within one turn', measure: '9 of 10 conversations need no second question' }],
        },
        skills: [pinOf(refundsBefore)],
        openclaw: { messages: { responsePrefix: '[support]' } },
      },
      locked: ['openclaw.messages.responsePrefix'],
      version: 3,
      botCount: 2,
      ...times,
    },
    {
      id: randomUUID(),
      name: 'House style',
      description: '',
      priority: 200,
      settings: { identity: { style: 'Short sentences, plain words.' } },
      locked: [],
      version: 1,
      botCount: 0,
      ...times,
    },
  ];
}

const holiday: Overlay = {
  id: randomUUID(),
  name: 'Holiday replies',
  reason: 'The office is closed until January',
  selector: { team: 'support' },
  priority: 100,
  settings: { identity: { goals: { $add: [{ goal: 'Say that a person answers from 2 January' }] } } },
  expiresAt: ago(-6 * 86_400),
  version: 1,
  botCount: 2,
  ...times,
};

function someTemplates(): StandInTemplate[] {
  const variables = [
    { name: 'company', label: 'Company', kind: 'text' as const, help: 'As customers know it.' },
    { name: 'tone', label: 'Tone', kind: 'choice' as const, choices: ['warm', 'factual'], default: 'warm' },
    { name: 'minutes', label: 'Longest turn (minutes)', kind: 'number' as const, default: 10 },
    { name: 'escalates', label: 'May hand over to people', kind: 'boolean' as const, default: true },
  ];
  const content = {
    variables,
    settings: {
      identity: {
        personality: 'You are the help desk of {{company}}; you are {{tone}}.',
        goals: [{ goal: 'Solve it' }],
      },
      openclaw: { tools: { allow: ['read', 'session_status', 'web_fetch'] } },
    },
    locked: [],
  };
  const later = { ...content, settings: { ...content.settings, identity: { personality: 'You help {{company}}.' } } };
  return [
    {
      id: 'help-desk',
      name: 'Help desk',
      summary: 'Answers customers from what it knows, and hands over when it should',
      builtIn: true,
      versions: [
        { content, note: '' },
        { content: later, note: 'Shorter' },
      ],
    },
    {
      id: randomUUID(),
      name: 'Analyst',
      summary: 'Reads tables and says what they mean',
      builtIn: false,
      versions: [
        {
          content: { variables: [], settings: { identity: { role: 'You read tables.' } }, locked: [] },
          note: 'From Ada',
        },
      ],
    },
  ];
}

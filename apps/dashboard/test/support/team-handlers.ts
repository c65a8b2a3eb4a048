import { randomUUID } from 'node:crypto';
import type { ContextEntry } from '@clawster/contract/context-entry';
import type { DelegationDetail } from '@clawster/contract/delegation';
import type { GoalDetail } from '@clawster/contract/goal';
import type { InboxItemDetail } from '@clawster/contract/inbox';
import type { Notifier } from '@clawster/contract/notifier';
import type {
  CreateTeam,
  DeployTeam,
  Team,
  TeamDetail,
  TeamFlow,
  TeamMember,
  TeamTemplate,
} from '@clawster/contract/team';
import type { RuleReplay, RuleSet } from '@clawster/contract/team-rule';
import { botOf } from './bot-of.ts';
import { ago, makeBot } from './fleet.ts';
import { pageOf } from './layer-handlers.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

type Page = { cursor?: string; limit: number };
/** Of each team its rules, the newest version first. */
export type StandInTeaming = {
  teams: TeamDetail[];
  flow: TeamFlow['edges'];
  rules: Map<string, RuleSet[]>;
  replay?: RuleReplay;
  delegations: DelegationDetail[];
  goals: GoalDetail[];
  /** All versions of all entries, the newest first. */
  entries: ContextEntry[];
  items: InboxItemDetail[];
  notifiers: Notifier[];
};

export const noTeaming = (): StandInTeaming => ({
  teams: [],
  flow: [],
  rules: new Map(),
  delegations: [],
  goals: [],
  entries: [],
  items: [],
  notifiers: [],
});

export function teamOf({ teaming }: World, teamId: string): TeamDetail {
  const team = teaming.teams.find(({ id }) => id === teamId);
  if (!team) throw new Refused('not-found', 'There is no such team in this workspace');
  return team;
}

type Change = Partial<Pick<Team, 'name' | 'charter' | 'limits' | 'channelRights' | 'approvalsByAnother'>> & {
  teamId: string;
  baseVersion?: number;
  leadId?: string;
};
type Placed = { teamId: string; botId: string; title: string; capabilities: string[]; mayDelegate: boolean };

/** Teams as a server keeps them; what flows between bots is set by a test. */
export const teamHandlers: Record<string, Handler> = {
  'teams.list': ({ teaming }, { search = '', ...page }: Page & { search?: string }) =>
    pageOf(
      teaming.teams.filter(({ name }) => name.toLowerCase().includes(search.toLowerCase())),
      page,
    ),
  'teams.get': (world, { teamId }: { teamId: string }) => teamOf(world, teamId),
  'teams.flow': ({ teaming }) => ({ from: ago(86_400), to: ago(0), edges: teaming.flow }),
  'teams.templates': () => ({ items: [onePersonCompany] }),
  'teams.create': (world, input: CreateTeam) => keep(world, teamFrom(world, input)),
  'teams.deploy': (world, input: DeployTeam) => deploy(world, input),
  'teams.update': (world, { teamId, baseVersion, leadId, ...changes }: Change) => {
    const team = teamOf(world, teamId);
    if (baseVersion !== undefined && baseVersion !== team.version)
      throw new Refused('conflict', 'Somebody else changed the team meanwhile: look at it as it is now');
    Object.assign(team, changes, { version: team.version + 1, updatedAt: ago(0) });
    if (leadId) leadBy(team, leadId);
    return team;
  },
  'teams.delete': ({ teaming }, { teamId }: { teamId: string }) => {
    teaming.teams = teaming.teams.filter(({ id }) => id !== teamId);
    return {};
  },
  'teams.setMember': (world, { teamId, ...placed }: Placed) => {
    const team = teamOf(world, teamId);
    const known = team.members.find(({ botId }) => botId === placed.botId);
    if (known) Object.assign(known, placed);
    else team.members.push(memberOf(world, placed));
    team.memberCount = team.members.length;
    return team;
  },
  'teams.removeMember': (world, { teamId, botId }: { teamId: string; botId: string }) => {
    const team = teamOf(world, teamId);
    if (team.lead.botId === botId) throw new Refused('refused', 'It leads the team: choose another lead first');
    team.members = team.members.filter((member) => member.botId !== botId);
    team.memberCount = team.members.length;
    return team;
  },
};

export function memberOf(world: World, placed: Omit<Placed, 'teamId'>, isLead = false): TeamMember {
  const bot = botOf(world, placed.botId);
  const { title, capabilities, mayDelegate } = placed;
  return {
    botId: bot.id,
    botName: bot.name,
    phase: bot.status.phase,
    isLead,
    title,
    capabilities,
    mayDelegate: isLead || mayDelegate,
    working: 0,
    waiting: 0,
  };
}

type Made = Required<Pick<CreateTeam, 'name' | 'charter' | 'limits' | 'channelRights'>> & {
  lead: { botId: string; title: string; capabilities: string[] };
  members: Omit<Placed, 'teamId'>[];
};

export function teamFrom(world: World, { lead, members, ...input }: Made): TeamDetail {
  const leading = memberOf(world, { ...lead, mayDelegate: true }, true);
  const all = [leading, ...members.map((member) => memberOf(world, member))];
  return {
    approvalsByAnother: false,
    ...input,
    id: randomUUID(),
    lead: leading,
    members: all,
    memberCount: all.length,
    rulesVersion: 1,
    open: 0,
    held: 0,
    goals: 0,
    version: 1,
    createdAt: ago(86_400),
    updatedAt: ago(3_600),
  };
}

export function keep({ teaming, ownName }: World, team: TeamDetail): TeamDetail {
  teaming.teams.push(team);
  const none = { teamId: team.id, version: 1, rules: [], note: '', author: ownName, at: ago(3_600) };
  if (!teaming.rules.has(team.id)) teaming.rules.set(team.id, [none]);
  return team;
}

function leadBy(team: TeamDetail, leadId: string): void {
  for (const member of team.members) member.isLead = member.botId === leadId;
  team.lead = team.members.find(({ isLead }) => isLead) ?? team.lead;
}

export const usualLimits = {
  openTasks: 50,
  tasksPerMember: 2,
  hops: 3,
  fanOut: 8,
  taskMinutes: 60,
  usdPerOrigin: null,
  wakesPerDay: 24,
};

const onePersonCompany: TeamTemplate = {
  id: 'one-person-company',
  name: 'One-person company',
  summary: 'A lead with support, DevOps, code review and business operations, with rules for who may ask whom',
  charter: 'We run {{company}} for its founder.',
  variables: [
    { name: 'company', label: 'Name of the company' },
    { name: 'product', label: 'What it sells', default: 'software' },
  ],
  members: [
    ['lead', 'chief', 'Lead', ['planning'], 'Plans, hands out work and sums up'],
    ['support', 'support-desk', 'Support', ['support', 'triage'], 'Answers customers'],
    ['devops', 'operator', 'DevOps', ['deploy', 'monitoring'], 'Keeps it running'],
    ['review', 'reviewer', 'Code review', ['code-review'], 'Reads changes'],
    ['business', 'clerk', 'Business operations', ['invoices', 'reporting'], 'Keeps the books'],
  ].map(([key, botName, title, capabilities, summary]) => ({
    key: key as string,
    botName: botName as string,
    title: title as string,
    isLead: key === 'lead',
    capabilities: capabilities as string[],
    summary: summary as string,
  })),
};

function deploy(world: World, { name, botNames }: DeployTeam): TeamDetail {
  const made = onePersonCompany.members.map((member) => {
    const wanted = botNames[member.key] ?? member.botName;
    if (world.bots.some((bot) => bot.name === wanted))
      throw new Refused('conflict', `The name ${wanted} is taken`, [
        { path: `botNames.${member.key}`, message: `The name ${wanted} is taken` },
      ]);
    const bot = makeBot(wanted, 'starting', 2);
    setTimeout(() => {
      bot.status = { ...makeBot(wanted, 'ready', 0).status };
      for (const team of world.teaming.teams)
        for (const one of team.members) if (one.botId === bot.id) one.phase = 'ready';
    }, world.stepMs * 3);
    return { bot, member };
  });
  world.bots.push(...made.map(({ bot }) => bot));
  const placed = made.map(({ bot, member: { title, capabilities } }) => ({
    botId: bot.id,
    title,
    capabilities,
    mayDelegate: false,
  }));
  const [lead, ...members] = placed;
  if (!lead) throw new Refused('invalid', 'The template has no lead');
  const channelRights = { capabilities: [], tools: [] };
  return keep(
    world,
    teamFrom(world, { name, charter: onePersonCompany.charter, lead, members, limits: usualLimits, channelRights }),
  );
}

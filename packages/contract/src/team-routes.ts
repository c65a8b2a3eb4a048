import { z } from 'zod';
import { Empty, Id, PageInput, pageOf } from './page.ts';
import { route } from './route.ts';
import {
  ApprovalsByAnother,
  Charter,
  CreateTeam,
  DeployTeam,
  NewMember,
  Rights,
  Team,
  TeamDetail,
  TeamFlow,
  TeamLimits,
  TeamName,
  TeamTemplate,
} from './team.ts';

const One = z.object({ teamId: Id });

export const teams = {
  list: route({
    method: 'GET',
    path: '/teams',
    permission: 'team:read',
    summary: 'Teams by name, with their leads and what is open',
    input: PageInput.extend({ search: z.string().trim().max(100).optional() }),
    output: pageOf(Team),
  }),
  get: route({
    method: 'GET',
    path: '/teams/{teamId}',
    permission: 'team:read',
    summary: 'A team with its members',
    input: One,
    output: TeamDetail,
  }),
  create: route({
    method: 'POST',
    path: '/teams',
    permission: 'team:manage',
    summary: 'Make a team of bots there are; they may ask each other for nothing until a rule lets them',
    input: CreateTeam,
    output: TeamDetail,
  }),
  update: route({
    method: 'PATCH',
    path: '/teams/{teamId}',
    permission: 'team:manage',
    summary:
      'Change name, charter, limits, what channels may set going, who approves, or who leads (one who is a member)',
    input: One.extend({
      baseVersion: z.int().optional(),
      name: TeamName.optional(),
      charter: Charter.optional(),
      limits: TeamLimits.optional(),
      channelRights: Rights.optional(),
      approvalsByAnother: ApprovalsByAnother.optional(),
      leadId: Id.optional(),
    }),
    output: TeamDetail,
  }),
  delete: route({
    method: 'DELETE',
    path: '/teams/{teamId}',
    permission: 'team:manage',
    summary: 'Disband a team: what is open is cancelled, its bots stay',
    input: One,
    output: Empty,
  }),
  setMember: route({
    method: 'PUT',
    path: '/teams/{teamId}/members/{botId}',
    permission: 'team:manage',
    summary: 'Take a bot into the team, or change what it is there',
    input: One.extend(NewMember.shape),
    output: TeamDetail,
  }),
  removeMember: route({
    method: 'DELETE',
    path: '/teams/{teamId}/members/{botId}',
    permission: 'team:manage',
    summary: 'Take a bot out of the team: what it works at for the team is cancelled',
    input: One.extend({ botId: Id }),
    output: TeamDetail,
  }),
  flow: route({
    method: 'GET',
    path: '/teams/{teamId}/flow',
    permission: 'team:read',
    summary: 'What went from whom to whom in the last hours',
    input: One.extend({ hours: z.coerce.number().int().min(1).max(720).default(24) }),
    output: TeamFlow,
  }),
  templates: route({
    method: 'GET',
    path: '/team-templates',
    permission: 'team:read',
    summary: 'Teams that can be made in one go',
    input: Empty,
    output: z.object({ items: z.array(TeamTemplate) }),
  }),
  deploy: route({
    method: 'POST',
    path: '/teams/deploy',
    permission: 'team:manage',
    summary: 'Make a team of a template with all its bots, rules and limits: all of it or nothing',
    input: DeployTeam,
    output: TeamDetail,
  }),
};

import { randomUUID } from 'node:crypto';
import { TeamLimits } from '@clawster/contract/team';
import { RuleAction, type TeamRule } from '@clawster/contract/team-rule';
import { joinTokenFor } from '@clawster/control-plane/testing';
import type { OpenLink } from '@clawster/control-plane/link/open-link';
import { teamAnswers } from '@clawster/control-plane/team/answer-team';
import type { TeamAnswer, TeamToolName } from '@clawster/link/team';
import type { ObedientBot } from '../seed/obedient-bot.ts';
import { type Behaviour, StandInSupervisor } from '../seed/stand-in-supervisor.ts';
import type { TestInstallation } from './test-installation.ts';

/** A bot of a team whose host does as a test says, over a real link. */
export type Member = {
  link: OpenLink;
  name: string;
  supervisor: StandInSupervisor;
  /** What its host was given, told and asked to end. */
  asked(method: string): Record<string, unknown>[];
  call(
    tool: TeamToolName,
    given: object,
    from?: { session?: string; runId?: string; callId?: string },
  ): Promise<TeamAnswer>;
  ends(delivery: { id: string; attempt?: number }, more?: object): Promise<unknown>;
  begins(delivery: { id: string; attempt?: number }): Promise<unknown>;
};
export type TestTeam = { teamId: string; members: Member[]; setRules(rules: TeamRule[]): Promise<void> };

export const chat = 'agent:main:clawster:main';
export const rule = (id: string, some: Partial<TeamRule> = {}): TeamRule => ({
  id,
  name: id,
  enabled: true,
  when: {},
  action: RuleAction.parse({ do: 'allow' }),
  ...some,
});

type Made = {
  capabilities?: string[][];
  limits?: object;
  rules?: TeamRule[];
  behaviour?: Behaviour;
  /** What each does about what it is given and told, by its place. */
  bots?: (ObedientBot | undefined)[];
  /** Whether members may pass tasks on. */
  mayDelegate?: boolean;
};

/** A team of linked bots: the first leads; each has the capabilities at its place. */
export async function testTeam(
  installation: TestInstallation,
  {
    capabilities = [[], ['work'], ['work']],
    limits = {},
    rules = [rule('all')],
    behaviour,
    bots = [],
    mayDelegate = true,
  }: Made = {},
): Promise<TestTeam> {
  const { database, caller } = installation;
  const members = await Promise.all(capabilities.map((_, at) => member(installation, behaviour, bots[at])));
  const teamId = randomUUID();
  const [lead] = members;
  await database.rows(`insert into team (id, workspace_id, name, charter, lead_id, limits, channel_rights)
    values ('${teamId}', '${caller.workspaceId}', '${teamId}', '', '${lead?.link.botId}',
      '${JSON.stringify(TeamLimits.parse(limits))}', '{"capabilities": [], "tools": []}')`);
  for (const [at, { link }] of members.entries())
    await database.rows(`insert into team_member (bot_id, team_id, workspace_id, title, capabilities, may_delegate)
      values ('${link.botId}', '${teamId}', '${caller.workspaceId}', '', '{${capabilities[at]?.join(',')}}', ${mayDelegate})`);
  const setRules = async (next: TeamRule[]) => {
    await database.rows(`with next as (update team set rules_version = rules_version + 1 where id = '${teamId}' returning rules_version)
      insert into team_rules (team_id, version, workspace_id, rules, note, author)
      select '${teamId}', rules_version, '${caller.workspaceId}', '${JSON.stringify(next).replaceAll("'", "''")}', '', 'test' from next`);
  };
  await setRules(rules);
  return { teamId, members, setRules };
}

/** Somebody who may direct the team has written in this conversation of the bot. */
export async function directs(
  { database, caller }: TestInstallation,
  { link }: Member,
  more: object = {},
): Promise<void> {
  const { session, mayDirect, untrusted } = { session: chat, mayDirect: true, untrusted: false, ...more };
  await database.rows(`insert into session_origin (bot_id, session, workspace_id, kind, person_id, may_direct, untrusted)
    values ('${link.botId}', '${session}', '${caller.workspaceId}', 'person', '${caller.id}', ${mayDirect}, ${untrusted})
    on conflict (bot_id, session) do update set may_direct = excluded.may_direct, untrusted = excluded.untrusted`);
}

async function member(installation: TestInstallation, behaviour: Behaviour = {}, bot?: ObedientBot): Promise<Member> {
  const { plane, url, caller, database } = installation;
  const { id: botId, name } = await installation.createBot({ start: false });
  const supervisor = await StandInSupervisor.dialIn(url, {
    botId,
    joinToken: await joinTokenFor(plane, { id: botId, workspaceId: caller.workspaceId }),
    behaviour,
    bot,
  });
  await database.rows(`update bot set phase = 'ready', reconcile_at = 'infinity',
    spec = jsonb_set(spec, '{desired}', '"running"') where id = '${botId}'`);
  return memberOn(installation, supervisor, name);
}

/** The same bot over another link: its host dials in once more, as the one it was or as another process with its key. */
export async function linkedAgain(installation: TestInstallation, { supervisor, name }: Member): Promise<Member> {
  const { botId, identity } = supervisor;
  return memberOn(installation, await StandInSupervisor.dialIn(installation.url, { botId, identity }), name);
}

function memberOn({ plane, caller }: TestInstallation, supervisor: StandInSupervisor, name: string): Member {
  const { botId, epoch } = supervisor;
  const link: OpenLink = { botId, botName: name, workspaceId: caller.workspaceId, epoch };
  return {
    link,
    name,
    supervisor,
    asked: (method) =>
      supervisor.asked.filter((ask) => ask.method === method).map(({ params }) => params as Record<string, unknown>),
    call: (tool, given, { session = chat, runId = 'run', callId = randomUUID() } = {}) =>
      teamAnswers['team.call'](plane, link, {
        callId,
        tool,
        arguments: given as Record<string, unknown>,
        session,
        runId,
      }),
    ends: ({ id, attempt = 1 }, more) =>
      teamAnswers['delegation.ended'](plane, link, {
        id,
        attempt,
        outcome: 'done',
        text: 'Done',
        isRetryable: false,
        ...more,
      }),
    begins: ({ id, attempt = 1 }) => teamAnswers['delegation.began'](plane, link, { id, attempt, runId: 'r' }),
  };
}

/** Waits until it is so, or fails telling what was seen last. */
export async function until<T>(look: () => Promise<T> | T, isSo: (seen: T) => boolean): Promise<T> {
  const deadline = Date.now() + 20_000;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`It did not come to it: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

import { SessionTouched } from '@clawster/gateway/protocol';
import { z } from 'zod';
import type { Running } from '../gateway/bring-up.ts';
import type { GatewayLink } from '../gateway/gateway-link.ts';
import type { Host } from '../host.ts';
import type { Keeper } from '../keeper.ts';
import type { LinkClient } from '../link/link-client.ts';
import { teamServer, type TeamToolName } from '@clawster/link/team';
import { writeBridge } from './bridge.ts';
import { Deliveries } from './deliveries.ts';
import { DeliveryBook } from './delivery-book.ts';
import { Questions } from './questions.ts';
import { TeamCalls } from './team-calls.ts';
import { openTeamServer, type TeamServer } from './team-server.ts';
import { Tells } from './tells.ts';
import { ToolsAlarm } from './tools-alarm.ts';

const RunBegan = SessionTouched.extend({ phase: z.literal('start') });
/** Sessions of delegations: what nobody here knows of is not worked at here. */
const taskSession = /^agent:main:clawster-task:/;

type Bot = Pick<Keeper, 'running' | 'wanted' | 'whyNoTurns'>;
type Options = Pick<Host, 'folder' | 'log' | 'status' | 'modelGateway' | 'timing'> & { ask: LinkClient['ask'] };

/** What this host does for the bot's team. */
export type Team = {
  server: Pick<TeamServer, 'url' | 'token'>;
  calls: TeamCalls;
  deliveries: Deliveries;
  tells: Tells;
  questions: Questions;
  /** Whose gateway it is about, from now on. */
  careFor<Kept extends Bot>(bot: Kept): Kept;
  /** Follows what this gateway tells. Returns how to stop. */
  watch(running: Running): () => void;
  /** The gateway of `watch` can be asked, for the first time or again. */
  connected(running: Running): void;
  /** There is a link to the control plane, for the first time or again. */
  linked: () => void;
  close(): Promise<void>;
};

/** Serves the team's tools, and goes on with what was under way before. */
export async function openTeam({ ask, ...host }: Options): Promise<Team> {
  let bot: Bot | undefined;
  const running = () => bot?.running();
  const whyNoTurns = () => bot?.whyNoTurns();
  const tools = (): readonly TeamToolName[] => bot?.wanted()?.team?.tools ?? [];
  const calls = new TeamCalls({ ask });
  const questions = new Questions(ask);
  const gateway = { host, running, whyNoTurns };
  const deliveries = new Deliveries({ ...gateway, ask, book: await DeliveryBook.open(host.folder.deliveries) });
  const ended: Deliveries['wentOn'] = (session, end) => deliveries.wentOn(session, end);
  const tells = await Tells.open({ ...gateway, file: host.folder.tells, ended });
  const server = await openTeamServer({
    tools,
    call: (call, signal) => calls.call(call, signal),
    whyNotUse: (use) => whyNotUse(deliveries, use),
    onSession: () => alarm.settle(),
  });
  await writeBridge(host.folder.bridge);
  const hasTools = () => (running()?.applied.team?.tools.length ?? 0) > 0;
  const alarm = new ToolsAlarm({ ...host, running, hasTools, lastSessionAt: server.lastSessionAt });
  const look = () => [deliveries, tells].forEach((one) => one.look());
  return {
    server,
    calls,
    deliveries,
    tells,
    questions,
    careFor(kept) {
      bot = kept;
      return kept;
    },
    watch: ({ link }) => watchGateway(link, { questions, alarm, deliveries }),
    connected({ link }) {
      look();
      const asked = link.client().then((client) => questions.connected(client));
      asked.catch((error: unknown) => host.log('info', 'open questions were not read', { reason: String(error) }));
    },
    linked: () => {
      calls.linked();
      questions.linked();
      look();
    },
    async close() {
      deliveries.close();
      await server.close();
    },
  };
}

/** Follows what OpenClaw asks, and which turns begin. */
function watchGateway(
  link: GatewayLink,
  { questions, alarm, deliveries }: Pick<Team, 'questions' | 'deliveries'> & { alarm: ToolsAlarm },
): () => void {
  const stop = link.onEvent((frame) => {
    questions.see(frame);
    const began = frame.event === 'sessions.changed' ? RunBegan.safeParse(frame.payload).data : undefined;
    if (!began) return;
    alarm.turnBegan();
    deliveries.began(began.sessionKey);
  });
  return () => {
    stop();
    alarm.settle();
  };
}

/** Why a tool is not to be used in a conversation: in that of a delegation, no more than it carries. */
function whyNotUse(deliveries: Deliveries, { tool, session }: { tool: string; session: string }): string | undefined {
  if (!taskSession.test(session)) return undefined;
  const { tools, teamTools } = deliveries.of(session)?.delivery ?? { tools: [], teamTools: [] };
  const name = tool.startsWith(`${teamServer}__`) ? tool.slice(teamServer.length + 2) : undefined;
  const may = name === undefined ? tools === 'all' || [...tools].includes(tool) : teamTools.some((one) => one === name);
  return may ? undefined : `This task is done without ${tool}: whoever gave it may not have it used`;
}

import { randomUUID } from 'node:crypto';
import { roleMatrix } from '@clawster/domain/role/role';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { readSpan } from '../../span/read-span.ts';
import { storeSpans } from '../../span/store-spans.ts';
import { keyPlane } from '../../key/testing.ts';
import { keep } from '../../change.ts';
import type { SignedIn } from '../../caller.ts';
import type { ControlPlane } from '../../plane.ts';
import { newViewer } from '../../testing.ts';

type Call = {
  at?: string;
  usd?: number | undefined;
  tokens?: number;
  channel?: string;
  model?: string;
  connectorId?: string;
  priceVersion?: string;
  session?: string;
  failed?: boolean;
  run?: string;
};
type Turn = { at: string; run: string; durationMs?: number; failed?: boolean };

/** Two workspaces with bots and targets, to which calls of models are told as supervisors tell them. */
export type CostWorld = {
  database: TestDatabase;
  plane: ControlPlane;
  ours: SignedIn;
  theirs: SignedIn;
  targetOf(who: SignedIn, name?: string): Promise<string>;
  newBot(
    who: SignedIn,
    bot: { name: string; labels?: Record<string, string>; phase?: string; targetId?: string },
  ): Promise<string>;
  call(who: SignedIn, botId: string, call: Call): Promise<void>;
  turn(who: SignedIn, botId: string, turn: Turn): Promise<void>;
  close(): Promise<void>;
};

export async function newCostWorld(): Promise<CostWorld> {
  const database = await testDatabase();
  const plane = keyPlane(database.db);
  const owner = async () => ({ ...(await newViewer(plane)), role: 'owner', permissions: roleMatrix.owner });
  const [ours, theirs] = [await owner(), await owner()];
  let sequence = 0;
  const tell = (who: SignedIn, botId: string, item: { kind: string; at: string; data: Record<string, unknown> }) => {
    sequence += 1;
    const span = readSpan({ sequence, ...item }, { botId, workspaceId: who.workspaceId, epoch: 1 });
    return keep(plane, (tx) => storeSpans(tx, [span])).then(() => undefined);
  };
  return {
    database,
    plane,
    ours,
    theirs,
    targetOf: (who, name) => targetOf(database, who, name),
    newBot: (who, bot) => newBot(database, who, bot),
    call: (who, botId, { at = '2026-11-10T10:00:00.000Z', ...call }) =>
      tell(who, botId, { kind: 'model-call', at, data: callData(at, call) }).then(() =>
        call.session || call.run
          ? tell(who, botId, { kind: 'model-message', at, data: messageData(at, call) })
          : undefined,
      ),
    turn: (who, botId, { at, run, durationMs = 2_000, failed = false }) =>
      tell(who, botId, {
        kind: 'turn',
        at,
        data: { id: run, startedAt: at, traceId: run, durationMs, outcome: failed ? 'failed' : 'ok', modelCalls: 1 },
      }),
    close: () => database.close(),
  };
}

let answers = 0;
const lastAnswer = () => `answer-${answers}`;

function callData(startedAt: string, call: Omit<Call, 'at'>) {
  answers += 1;
  const { usd, tokens = 1_000, channel, model = 'demo', connectorId, priceVersion, failed = false } = call;
  const usage = { inputTokens: tokens, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
  const rest = { channel, connectorId, priceVersion, costUsd: usd };
  const outcome = failed ? 'failed' : 'answered';
  return { id: randomUUID(), startedAt, model, usage, outcome, responseId: lastAnswer(), durationMs: 10, ...rest };
}

function messageData(startedAt: string, { session = 'agent:main:main', run, channel = '' }: Omit<Call, 'at'>) {
  return { id: randomUUID(), startedAt, responseId: lastAnswer(), session, traceId: run, channel };
}

async function targetOf({ rows }: TestDatabase, { workspaceId }: SignedIn, name?: string): Promise<string> {
  if (name)
    await rows(
      `insert into target (workspace_id, name, kind) values ('${workspaceId}', '${name}', 'stand-in') on conflict do nothing`,
    );
  const [target] = await rows(
    `select id from target where workspace_id = '${workspaceId}' ${name ? `and name = '${name}'` : ''} limit 1`,
  );
  return String(target?.['id']);
}

type NewBot = Parameters<CostWorld['newBot']>[1];

async function newBot(database: TestDatabase, who: SignedIn, bot: NewBot): Promise<string> {
  const { name, labels = {}, phase = 'ready' } = bot;
  const targetId = bot.targetId ?? (await targetOf(database, who));
  const [row] = await database.rows(`
    insert into bot (workspace_id, name, labels, target_id, connector_id, spec, status, phase)
    select '${who.workspaceId}', '${name}', '${JSON.stringify(labels)}', '${targetId}', id, '{}', '{}', '${phase}'
    from connector where workspace_id = '${who.workspaceId}' limit 1 returning id`);
  return String(row?.['id']);
}

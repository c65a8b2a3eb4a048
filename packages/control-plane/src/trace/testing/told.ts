import { randomUUID } from 'node:crypto';
import type { Labels } from '@clawster/contract/label';
import type { Permission } from '@clawster/contract/permission';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import type { TelemetryItem } from '@clawster/link/report';
import type { Grant } from '@clawster/domain/role/reach';
import type { SignedIn } from '../../caller.ts';
import type { ControlPlane } from '../../plane.ts';
import { readSpan } from '../../span/read-span.ts';
import { storeSpans } from '../../span/store-spans.ts';
import { inTransaction } from '../../transaction.ts';

/** A database in which bots of two workspaces tell what they do. */
export type Told = {
  database: TestDatabase;
  plane: ControlPlane;
  ours: string;
  theirs: string;
  bot(name: string, more?: { workspaceId?: string; labels?: Labels }): Promise<string>;
  tell(botId: string, items: TelemetryItem[], workspaceId?: string): Promise<unknown>;
  /** Someone of ours with these permissions, for all bots or for some. */
  caller(permissions: Permission[], grants?: Grant[]): SignedIn;
  close(): Promise<void>;
};

export async function told(): Promise<Told> {
  const database = await testDatabase();
  const [ours, theirs] = [randomUUID(), randomUUID()];
  await database.rows(`insert into workspace (id, name) values ('${ours}', 'Ours'), ('${theirs}', 'Theirs')`);
  for (const id of [ours, theirs]) {
    await database.rows(
      `insert into target (workspace_id, name, kind, settings) values ('${id}', 'here', 'process', '{}')`,
    );
    await database.rows(
      `insert into connector (workspace_id, name, kind, provider, model) values ('${id}', 'demo', 'model-provider', 'demo', 'demo')`,
    );
  }
  return {
    database,
    plane: onlyItsDatabase(database),
    ours,
    theirs,
    async bot(name, { workspaceId = ours, labels = {} } = {}) {
      const [row] =
        await database.rows(`insert into bot (workspace_id, name, target_id, connector_id, spec, status, phase, labels)
        select target.workspace_id, '${name}', target.id, connector.id, '{}', '{}', 'ready', '${JSON.stringify(labels)}'
        from target join connector using (workspace_id) where workspace_id = '${workspaceId}' returning id`);
      return String(row?.['id']);
    },
    tell: (botId, items, workspaceId = ours) =>
      inTransaction(database, { tenancy: 'system' }, (tx) =>
        storeSpans(
          tx,
          items.map((item) => readSpan(item, { botId, workspaceId, epoch: 1 })),
        ),
      ),
    caller: (permissions, grants = []) => ({
      kind: 'person',
      id: randomUUID(),
      name: 'Ada',
      workspaceId: ours,
      role: 'member',
      permissions: new Set(permissions),
      grants,
      address: '192.0.2.7',
      userAgent: 'test',
    }),
    close: () => database.close(),
  };
}

/** What is asked of spans needs nothing else of a control plane. */
function onlyItsDatabase({ db }: TestDatabase): ControlPlane {
  return { db } as ControlPlane;
}

let sequence = 0;
const item = (kind: string, data: Record<string, unknown>): TelemetryItem => ({
  sequence: (sequence += 1),
  at: new Date().toISOString(),
  kind,
  data,
});

/** So many minutes ago. */
export const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

type More = Record<string, unknown>;
const spanOf =
  (kind: string) =>
  (id: string, minutesAgo: number, more: More = {}) =>
    item(kind, {
      id,
      startedAt: ago(minutesAgo),
      traceId: id,
      channel: 'telegram',
      session: 'agent:main:telegram:42',
      ...more,
    });

/** What a bot tells, named by its id and by how many minutes ago it began. */
export const tells = {
  turn: spanOf('turn'),
  tool: spanOf('tool-call'),
  in: spanOf('message-in'),
  out: spanOf('message-out'),
  /** A call as the model gateway tells it: of whose turn it is, its answer's name says. */
  call: (id: string, minutesAgo: number, more: More = {}) =>
    item('model-call', {
      id,
      startedAt: ago(minutesAgo),
      model: 'm',
      provider: 'demo',
      tries: 1,
      responseId: `r-${id}`,
      durationMs: 900,
      costUsd: 0.5,
      usage: { inputTokens: 100, outputTokens: 10, cacheReadTokens: 3, cacheWriteTokens: 0 },
      ...more,
    }),
  answer: (id: string, minutesAgo: number, { traceId, ...more }: More & { traceId: string }) =>
    spanOf('model-message')(`answer-${id}`, minutesAgo, {
      traceId,
      model: 'm',
      responseId: `r-${id}`,
      usage: { input: 100, output: 10 },
      ...more,
    }),
};

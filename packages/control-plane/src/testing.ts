import { randomUUID } from 'node:crypto';
import { roleMatrix } from '@clawster/domain/role/role';
import { sql } from 'kysely';
import type { SignedIn } from './caller.ts';
import { change, keep } from './change.ts';
import { createJoinToken } from './link/join-token.ts';
import type { ControlPlane } from './plane.ts';
import { systemQuery } from './query.ts';
import { createWorkspace } from './workspace/create-workspace.ts';

const ago = (seconds: number) => sql<Date>`now() - make_interval(secs => ${seconds})`;

/** What time does, done at once: for tests of deadlines. */
export const pretend = {
  silence: (plane: ControlPlane, botId: string) => pretend.heard(plane, botId, { secondsAgo: 120 }),
  heard: (plane: ControlPlane, botId: string, { secondsAgo }: { secondsAgo: number }) =>
    keep(plane, (tx) =>
      tx
        .updateTable('link')
        .set({ lastSeenAt: ago(secondsAgo) })
        .where('botId', '=', botId)
        .execute(),
    ),
  /** Nothing calls for any bot. */
  atRest: (plane: ControlPlane) =>
    keep(plane, (tx) =>
      tx
        .updateTable('bot')
        .set({ reconcileAt: sql<Date>`'infinity'::timestamptz` })
        .execute(),
    ),
  failures: (plane: ControlPlane, botId: string, failures: number) =>
    keep(plane, (tx) => tx.updateTable('bot').set({ failures }).where('id', '=', botId).execute()),
  leaseEnded: (plane: ControlPlane) =>
    keep(plane, (tx) =>
      tx
        .updateTable('bot')
        .set({ leasedUntil: ago(1), reconcileAt: ago(1) })
        .execute(),
    ),
  operationLeaseEnded: (plane: ControlPlane) =>
    keep(plane, (tx) =>
      tx
        .updateTable('operation')
        .set({ leasedUntil: ago(1), reconcileAt: ago(1) })
        .where('endedAt', 'is', null)
        .execute(),
    ),
  stateExpired: (plane: ControlPlane, botId: string) =>
    keep(plane, (tx) =>
      tx
        .updateTable('bot')
        .set({ stateKeptUntil: ago(1) })
        .where('id', '=', botId)
        .execute(),
    ),
  joinTokenExpired: (plane: ControlPlane, botId: string) =>
    keep(plane, (tx) =>
      tx
        .updateTable('joinToken')
        .set({ expiresAt: ago(1) })
        .where('botId', '=', botId)
        .execute(),
    ),
  runtimeInstalled: (plane: ControlPlane, version: string) =>
    keep(plane, (tx) => tx.insertInto('runtime').values({ version, phase: 'installed' }).execute()),
  runtimeDue: (plane: ControlPlane) =>
    keep(plane, (tx) =>
      tx
        .updateTable('runtime')
        .set({ reconcileAt: ago(1) })
        .execute(),
    ),
  keysTaken: (plane: ControlPlane, { hoursAgo }: { hoursAgo: number }) =>
    keep(plane, (tx) =>
      tx
        .updateTable('idempotency')
        .set({ createdAt: ago(hoursAgo * 3600) })
        .execute(),
    ),
  phase: (plane: ControlPlane, botId: string, phase: string) =>
    keep(plane, (tx) => tx.updateTable('bot').set({ phase }).where('id', '=', botId).execute()),
};

export function joinTokenFor(plane: ControlPlane, bot: { id: string; workspaceId: string }): Promise<string> {
  return keep(plane, (tx) => createJoinToken(tx, bot));
}

/** The phases a bot was told to be in, in order. */
export async function phasesTold(plane: ControlPlane, botId: string): Promise<string[]> {
  const events = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('event')
      .select('detail')
      .where('subjectId', '=', botId)
      .where('type', '=', 'bot-phase-changed')
      .orderBy('id')
      .execute(),
  );
  return events.map(({ detail }) => (detail as { to: string }).to);
}

export function telemetryOf(plane: ControlPlane, botId: string) {
  return systemQuery(plane, async (tx) => ({
    items: await tx.selectFrom('span').select('sequence').where('botId', '=', botId).orderBy('sequence').execute(),
    gaps: await tx.selectFrom('telemetryGap').select('dropped').where('botId', '=', botId).execute(),
  }));
}

/** All rows of all tables as text, as someone who stole the disk would read them. */
export function dumpAll(plane: ControlPlane): Promise<string[]> {
  return systemQuery(plane, async (tx) => {
    const { rows: tables } = await sql<{
      tablename: string;
    }>`select tablename from pg_tables where schemaname = 'public'`.execute(tx);
    const texts: string[] = [];
    for (const { tablename } of tables) {
      const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(tablename)} t`.execute(tx);
      texts.push(...rows.map(({ row }) => row));
    }
    return texts;
  });
}

/** Another place where bots run, beside the one every workspace begins with. */
export async function addTarget(
  plane: ControlPlane,
  workspaceId: string,
  target: { name: string; kind: string; settings: Record<string, unknown> },
): Promise<string> {
  const { id } = await keep(plane, (tx) =>
    tx
      .insertInto('target')
      .values({ workspaceId, ...target })
      .returning('id')
      .executeTakeFirstOrThrow(),
  );
  return id;
}

/** What the supervisor's last report gave as its reason. */
export async function reasonReported(plane: ControlPlane, botId: string): Promise<string | undefined> {
  const link = await systemQuery(plane, (tx) =>
    tx
      .selectFrom('link')
      .select(sql<string | null>`report ->> 'reason'`.as('reason'))
      .where('botId', '=', botId)
      .executeTakeFirst(),
  );
  return link?.reason ?? undefined;
}

/** A viewer of a workspace of their own. */
export async function newViewer(plane: ControlPlane): Promise<SignedIn> {
  const workspaceId = randomUUID();
  await change(plane, { workspaceId, job: 'test' }, async ({ tx, record }) => {
    await createWorkspace(tx, plane.keys, { id: workspaceId, name: 'Test' });
    await record({ type: 'setup-completed' });
  });
  return {
    kind: 'person',
    id: randomUUID(),
    name: 'Ada',
    workspaceId,
    role: 'viewer',
    permissions: roleMatrix.viewer,
    address: '192.0.2.7',
    userAgent: 'test',
  };
}

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AuditFinding, AuditVerification } from '@clawster/contract/audit';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import pg from 'pg';
import type { SignedIn } from '../../caller.ts';
import { change } from '../../change.ts';
import type { ControlPlane } from '../../plane.ts';
import { keyWrapper } from '../../secret/key-wrapper.ts';
import { newViewer } from '../../testing.ts';
import { sealEvents } from '../seal-events.ts';
import { verifyAudit } from '../verify-audit.ts';

type Done = Extract<AuditVerification, { type: 'done' }>;

/** A trail of two workspaces in a database of its own, and the superuser who may do anything to it. */
export type Trail = {
  database: TestDatabase;
  plane: ControlPlane;
  ours: SignedIn;
  theirs: SignedIn;
  /** As the superuser, past triggers and walls. */
  attack<Row extends object>(text: string, values?: unknown[]): Promise<Row[]>;
  record(who: SignedIn, count: number): Promise<void>;
  /** Seals all there is, when it is settled. */
  seal(): Promise<void>;
  verify(who?: SignedIn): Promise<Done & { told: AuditFinding[] }>;
  /** Keeps the trail as it is now, and hands back how it becomes so again. */
  keep(): Promise<() => Promise<void>>;
  close(): Promise<void>;
};

export async function newTrail(): Promise<Trail> {
  const database = await testDatabase();
  const plane = {
    db: database.db,
    keys: keyWrapper(randomBytes(32)),
    wake: () => undefined,
    log: () => undefined,
  } as unknown as ControlPlane;
  const admin = new pg.Client({ connectionString: database.adminUrl });
  await admin.connect();
  await admin.query('set session_replication_role = replica');
  const attack: Trail['attack'] = async <Row extends object>(text: string, values: unknown[] = []) =>
    (await admin.query<Row>(text, values)).rows;
  const [ours, theirs] = [await newViewer(plane), await newViewer(plane)];
  return {
    database,
    plane,
    ours,
    theirs,
    attack,
    async record(who, count) {
      for (let number = 0; number < count; number += 1) await recordOne(plane, who, number);
    },
    seal: () => sealAll(plane, attack),
    verify: (who = ours) => verifyAs(plane, who),
    keep: () => keepIn(attack),
    async close() {
      await admin.end();
      await database.close();
    },
  };
}

/** Twenty events of ours in four seals, and some of theirs in between. */
export async function sealedTrail(): Promise<Trail> {
  const trail = await newTrail();
  for (let round = 0; round < 4; round += 1) {
    await trail.record(trail.ours, round === 0 ? 4 : 5);
    await trail.record(trail.theirs, 2);
    await trail.seal();
  }
  return trail;
}

function recordOne(plane: ControlPlane, who: SignedIn, number: number): Promise<void> {
  const actor = { kind: 'person', id: who.id, name: who.name } as const;
  return change(plane, { workspaceId: who.workspaceId, actor, from: who }, ({ record }) =>
    record({
      type: 'bot-updated',
      subjectId: who.id,
      subjectName: `bot ${number}`,
      detail: { changed: ['name'], number },
    }),
  );
}

const kept = ['event', 'audit_seal', 'installation_key'];

async function keepIn(attack: Trail['attack']): Promise<() => Promise<void>> {
  await attack('create schema kept');
  for (const table of kept) await attack(`create table kept.${table} as table ${table}`);
  return async () => {
    for (const table of kept) {
      await attack(`truncate ${table}`);
      await attack(`insert into ${table} overriding system value table kept.${table}`);
    }
  };
}

/** Other tests use the same PostgreSQL, and their transactions hold up when ours are settled. */
async function sealAll(plane: ControlPlane, attack: Trail['attack']): Promise<void> {
  const unsettled = 'select 1 from event where xid >= pg_snapshot_xmin(pg_current_snapshot())';
  for (const deadline = Date.now() + 30_000; (await attack(unsettled)).length > 0; await sleep(20))
    assert(Date.now() < deadline, 'The events are never settled');
  await sealEvents(plane, new AbortController().signal);
}

/** What a verification found, and what came of it. */
export async function verifyAs(plane: ControlPlane, who: SignedIn): Promise<Done & { told: AuditFinding[] }> {
  const told: AuditFinding[] = [];
  for await (const part of await verifyAudit(plane, who, { input: {}, signal: new AbortController().signal })) {
    if (part.type === 'finding') told.push(part.finding);
    if (part.type === 'done') return { ...part, told };
  }
  throw new Error('The verification ended without a result');
}

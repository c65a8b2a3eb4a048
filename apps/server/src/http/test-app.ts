import { randomBytes, randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import type { Permission, Role } from '@clawster/contract/permission';
import { change } from '@clawster/control-plane/change';
import { eventHubOf } from '@clawster/control-plane/event/event-hub';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { keyWrapper } from '@clawster/control-plane/secret/key-wrapper';
import { secretSources } from '@clawster/control-plane/secret/source/secret-sources';
import { openSession } from '@clawster/control-plane/session/open-session';
import { createWorkspace } from '@clawster/control-plane/workspace/create-workspace';
import { createApiKey } from '@clawster/control-plane/api-key/create-api-key';
import { openDatabase } from '@clawster/database/open';
import { type TestDatabase, testDatabase } from '@clawster/database/testing';
import { builtInRole } from '@clawster/domain/role/role';
import { Refusal } from '@clawster/domain/refusal';
import pino from 'pino';
import { readiness } from '../readiness.ts';
import { type AppOptions, openApp } from './open-app.ts';

export type TestApp = {
  database: TestDatabase;
  plane: ControlPlane;
  url: string;
  /** Every line that was logged. */
  logged: string[];
  newWorkspace(): Promise<string>;
  /** The Cookie header of a new member of a workspace. */
  cookieOf(workspaceId: string, role: Role): Promise<string>;
  keyOf(workspaceId: string, role: Role, scopes?: Permission[]): Promise<string>;
  close(): Promise<void>;
};

/** The HTTP side on a real port and a real database, with no bot anywhere. */
export async function testApp(
  options: Partial<Pick<AppOptions, 'publicUrl' | 'dashboardUrl' | 'serveReplicas' | 'trustedProxies'>> & {
    /** Another replica of the same installation. */
    beside?: TestApp;
  } = {},
): Promise<TestApp> {
  const { beside } = options;
  const database = beside ? await sameDatabase(beside.database) : await testDatabase();
  const logged: string[] = [];
  const plane = testPlane(database);
  if (beside) plane.keys = beside.plane.keys;
  const logger = pino(
    { level: 'info' },
    new Writable({
      write: (line, _, done) => {
        logged.push(String(line));
        done();
      },
    }),
  );
  const app = await openApp(plane, {
    publicUrl: options.publicUrl ?? 'http://127.0.0.1:4500',
    dashboardUrl: options.dashboardUrl,
    trustedProxies: options.trustedProxies ?? [],
    logger,
    whyNotReady: readiness(plane, { loops: { stuck: () => [] }, isStopping: () => false }),
    ...(options.serveReplicas ? { serveReplicas: options.serveReplicas } : {}),
  });
  await app.listen(0, '127.0.0.1');
  const url = `http://127.0.0.1:${((app.getHttpServer() as Server).address() as AddressInfo).port}`;
  return {
    database,
    plane,
    url,
    logged,
    newWorkspace: () => newWorkspace(plane),
    cookieOf: (workspaceId, role) => cookieOf(plane, workspaceId, role),
    keyOf: (workspaceId, role, scopes) => keyOf(plane, workspaceId, { role, scopes }),
    async close() {
      eventHubOf(plane).stop();
      await app.close();
      await database.close();
    },
  };
}

/** The database of another, over connections of its own. */
async function sameDatabase(database: TestDatabase): Promise<TestDatabase> {
  const db = await openDatabase(database.url);
  return { ...database, db, close: () => db.destroy() };
}

function testPlane(database: TestDatabase): ControlPlane {
  const away = async (): Promise<never> => {
    throw new Refusal('unavailable', 'The bot has no link to Clawster right now');
  };
  const plane: ControlPlane = {
    db: database.db,
    keys: keyWrapper(randomBytes(32)),
    sources: secretSources([]),
    links: {
      request: away,
      close: async () => undefined,
      haltElsewhere: async () => [],
      held: () => [],
      holds: () => false,
      heldOf: () => [],
      giveUp: () => undefined,
    },
    connectTarget: away,
    startsAtOnceMax: () => 1,
    runtimes: {
      installed: async () => undefined,
      install: away,
      pluginDirectory: () => '/nowhere',
      hasPlugin: async () => false,
      addPlugin: away,
    },
    settings: {
      replica: 'test',
      internalUrl: 'http://127.0.0.1:4500',
      reconciles: true,
      version: '0.1.0',
      controlPlaneUrl: 'http://127.0.0.1:4500',
      supervisorFile: '/supervisor.mjs',
      backupsDirectory: '/nowhere/backups',
      checkpointsDirectory: '/nowhere/checkpoints',
      ownFiles: { folders: [], except: [], databaseFolder: '/nowhere' },
      keepDays: { spans: 90, usageHours: 400 },
      allowPrivateAddresses: true,
    },
    wake: () => eventHubOf(plane).wake(),
    log: () => undefined,
  };
  return plane;
}

async function newWorkspace(plane: ControlPlane): Promise<string> {
  const workspaceId = randomUUID();
  await change(plane, { workspaceId, job: 'test' }, async ({ tx, record }) => {
    await createWorkspace(tx, plane.keys, { id: workspaceId, name: 'Test' });
    await record({ type: 'setup-completed' });
  });
  return workspaceId;
}

const from = { address: '127.0.0.1', userAgent: 'test' };

async function newMember(plane: ControlPlane, workspaceId: string, role: Role) {
  const person = { id: randomUUID(), name: `The ${role}`, workspaceId };
  await change(plane, { workspaceId, job: 'test' }, async ({ tx, record }) => {
    await tx
      .insertInto('person')
      .values({ id: person.id, name: person.name, email: `${person.id}@example.com`, passwordHash: '' })
      .execute();
    await tx.insertInto('membership').values({ workspaceId, personId: person.id, role }).execute();
    await record({ type: 'invitation-accepted', subjectId: person.id });
  });
  return person;
}

async function cookieOf(plane: ControlPlane, workspaceId: string, role: Role): Promise<string> {
  const person = await newMember(plane, workspaceId, role);
  const { token } = await change(plane, { workspaceId, job: 'test' }, (context) => openSession(context, person, from));
  return `clawster-session-4500=${token}`;
}

async function keyOf(
  plane: ControlPlane,
  workspaceId: string,
  grant: { role: Role; scopes: Permission[] | undefined },
): Promise<string> {
  const owner = await newMember(plane, workspaceId, 'owner');
  const caller = { kind: 'person', ...owner, ...builtInRole('owner'), ...from } as const;
  const { value } = await createApiKey(plane, caller, { name: 'test', ...grant });
  return value;
}

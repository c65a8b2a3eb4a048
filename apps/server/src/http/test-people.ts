import { randomUUID } from 'node:crypto';
import type { Role } from '@clawster/contract/permission';
import { keep } from '@clawster/control-plane/change';
import { hashPassword } from '@clawster/control-plane/session/password';
import type { TestApp } from './test-app.ts';

export const password = 'walnut ferry copper lantern';
let hashed: Promise<string> | undefined;

/** What tests read of answers. */
export type Body = Record<string, unknown> & {
  detail?: string;
  issues?: { path: string; message: string }[];
  items?: Record<string, unknown>[];
};
export type Answer = { status: number; body: Body; session: string };
export type Credential = Record<string, string>;

/** Asks a test's server as someone, or as nobody. */
export async function ask(
  app: Pick<TestApp, 'url'>,
  line: `${'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'} /${string}`,
  options: { as?: Credential; body?: unknown } = {},
): Promise<Answer> {
  const [method, path] = line.split(' ') as [string, string];
  const response = await fetch(`${app.url}/api/v1${path}`, {
    method,
    headers: { ...(options.body ? { 'content-type': 'application/json' } : {}), ...options.as },
    ...(options.body ? { body: JSON.stringify(options.body) } : {}),
  });
  const session = (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  return { status: response.status, body: (await response.json()) as Body, session };
}

type Line = Parameters<typeof ask>[1];

/** Asks as whoever a test is at the time; `done` says what went wrong where an answer is not what it should be. */
export function asking(who: () => { app: Pick<TestApp, 'url'>; as: Credential }) {
  const asked = (line: Line, body?: unknown): Promise<Answer> => {
    const { app, as } = who();
    return ask(app, line, { as, ...(body ? { body } : {}) });
  };
  const done = async (line: Line, body?: unknown): Promise<Body> => {
    const answer = await asked(line, body);
    if (answer.status !== 200)
      throw new Error(`${line}: ${answer.status} ${answer.body.detail} ${JSON.stringify(answer.body.issues)}`);
    return answer.body;
  };
  return { asked, done };
}

export type TestPerson = { id: string; name: string; email: string; as: Credential };

/** A member of a workspace who has a password, signed in. */
export async function newPerson(app: TestApp, workspaceId: string, role: Role): Promise<TestPerson> {
  const id = randomUUID();
  const person = { id, name: `The ${role} ${id.slice(0, 4)}`, email: `${id}@example.com` };
  const passwordHash = await (hashed ??= hashPassword(password));
  await keep(app.plane, async (tx) => {
    await tx
      .insertInto('person')
      .values({ ...person, passwordHash })
      .execute();
    await tx.insertInto('membership').values({ workspaceId, personId: id, role }).execute();
  });
  return { ...person, as: { cookie: await signedIn(app, person.email) } };
}

/** The Cookie header of a new session. */
export async function signedIn(app: Pick<TestApp, 'url'>, email: string, secret = password): Promise<string> {
  const { status, body, session } = await ask(app, 'POST /sessions', { body: { email, password: secret } });
  if (status !== 200) throw new Error(`${email} could not sign in: ${body.detail}`);
  return session;
}

/** Counts what must be refused, and prints how much of it was let in. */
export function attempts(what: string) {
  const counted = { tried: 0, letIn: 0 };
  return {
    async refused(...answers: Promise<{ status: number }>[]): Promise<void> {
      for (const { status } of await Promise.all(answers)) {
        counted.tried += 1;
        if (status === 200) counted.letIn += 1;
      }
    },
    told(): { tried: number; letIn: number } {
      process.stdout.write(`${what}: tried ${counted.tried}, let in ${counted.letIn}\n`);
      return counted;
    },
  };
}

/** Revocation is immediate: what someone has open ends within a second, whatever else is under way in the database. */
export const soonMs = 1_000;

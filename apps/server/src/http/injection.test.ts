import { imageName } from '@clawster/contract/engine';
import type { TargetRow } from '@clawster/control-plane/plane';
import { hostileTexts } from '@clawster/target/testing/hostile-texts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestApp, testApp } from './test-app.ts';
import { ask, attempts, newPerson, type TestPerson } from './test-people.ts';

// S16, at the door: what of hostile texts reaches a driver at all. What drivers make of them is looked at beside them.

let app: TestApp;
let owner: TestPerson;
let reached: TargetRow[];
beforeAll(async () => {
  app = await testApp();
  owner = await newPerson(app, await app.newWorkspace(), 'owner');
  app.plane.connectTarget = async (row) => {
    reached.push(row);
    throw new Error('nowhere');
  };
});
afterAll(() => app.close());

const pem = '-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----';
const ssh = { via: 'ssh', host: '127.0.0.1', user: 'deploy', key: pem, fingerprint: `SHA256:${'a'.repeat(43)}` };
const tls = { via: 'tls', host: '127.0.0.1', ca: pem, certificate: pem, key: pem };
const controlPlaneUrl = 'https://clawster.example.com';

/** An engine with the text in each of its fields. */
const engines = (text: string): Record<string, unknown>[] => [
  { baseImage: text },
  { image: `${text}@sha256:${'0'.repeat(64)}` },
  { controlPlaneUrl: text },
  { controlPlaneUrl: `http://${text}/` },
  { connection: { via: 'socket', path: text } },
  { connection: { via: text } },
  { controlPlaneUrl, connection: { ...ssh, host: text } },
  { controlPlaneUrl, connection: { ...ssh, user: text } },
  { controlPlaneUrl, connection: { ...ssh, fingerprint: text } },
  { controlPlaneUrl, connection: { ...ssh, key: text } },
  { controlPlaneUrl, connection: { ...tls, host: text } },
  { controlPlaneUrl, connection: { ...tls, port: text } },
];

test('an engine that names what it may not is refused before a driver is asked, or reaches it as what it is', async () => {
  const { refused, told } = attempts('S16 engines');
  for (const text of hostileTexts)
    for (const engine of engines(text)) {
      reached = [];
      const answer = await ask(app, 'POST /targets', {
        as: owner.as,
        body: { name: 'Engine', kind: 'docker', ...engine },
      });
      expect(answer.status, JSON.stringify(engine).slice(0, 200)).not.toBe(500);
      const isHarmless = reached.every((row) => isAsItShould(row.settings as Settings));
      await refused(Promise.resolve({ status: answer.status === 200 || !isHarmless ? 200 : answer.status }));
    }
  expect(told().letIn).toBe(0);
});

type Settings = { baseImage?: string; image?: string; controlPlaneUrl?: string; connection: Record<string, string> };

function isAsItShould({ baseImage, image, controlPlaneUrl: url, connection }: Settings): boolean {
  return (
    [baseImage, image].every((name) => name === undefined || (imageName.test(name) && !name.includes('..'))) &&
    (url === undefined || /^https?:\/\/[^\s]+$/.test(new URL(url).href)) &&
    (connection['host'] === undefined || /^[A-Za-z0-9][A-Za-z0-9.:_-]*$/.test(connection['host'])) &&
    (connection['user'] === undefined || /^[^\s-][^\s]*$/.test(connection['user'])) &&
    (connection['path'] === undefined || connection['path'].startsWith('/'))
  );
}

test('a bot’s name, its version and every id of it are refused at the door', async () => {
  const { refused, told } = attempts('S16 bots');
  for (const text of hostileTexts) {
    const of = (body: Record<string, unknown>) =>
      ask(app, 'POST /bots', { as: owner.as, body: { start: false, ...body } });
    await refused(of({ name: text }), of({ name: 'Ada', runtimeVersion: text }), of({ name: 'Ada', targetId: text }));
    const id = encodeURIComponent(text.toWellFormed());
    for (const line of [
      `POST /bots/${id}/start`,
      `DELETE /bots/${id}`,
      `POST /orphans/${id}/adopt`,
      `DELETE /orphans/${id}`,
      `GET /targets/${id}/orphans`,
    ] as const)
      await refused(ask(app, line, { as: owner.as }).catch(() => ({ status: 404 })));
  }
  expect(told().letIn).toBe(0);
});

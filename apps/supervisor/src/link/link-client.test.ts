import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Copy } from '@clawster/link/copy';
import { closeCode, Decline } from '@clawster/link/handshake';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openIdentity } from '../identity.ts';
import { openObeyedCopy } from '../obeyed-copy.ts';
import type { Spool } from '../telemetry/spool.ts';
import { createStatus } from '../status.ts';
import { type LinkServer, startLinkServer, until } from '../testing/link-server.ts';
import { type LinkClient, openLink } from './link-client.ts';

const emptySpool = {
  add: () => undefined,
  nextBatch: () => undefined,
  acknowledge: () => undefined,
  flush: async () => undefined,
} as unknown as Spool;
const installation = randomUUID();
const botId = randomUUID();
let directory: string;
let server: LinkServer;
let link: LinkClient | undefined;
let reasons: unknown[];
beforeEach(async () => {
  reasons = [];
  directory = await mkdtemp(join(tmpdir(), 'supervisor-link-'));
  server = await startLinkServer();
});
afterEach(async () => {
  await link?.close();
  await server.close();
  await rm(directory, { recursive: true });
});

const obeyed = async () => JSON.parse(await readFile(join(directory, 'copy.json'), 'utf8')) as Copy;
async function dialIn(copy: Copy | undefined, joinToken?: string): Promise<void> {
  server.speakAs(copy);
  await link?.close();
  const status = createStatus(() => undefined);
  status.generation(4);
  const identity = await openIdentity(directory);
  if (!joinToken) await identity.markEnrolled();
  link = openLink({
    botId,
    supervisorVersion: '0.0.0',
    identity,
    spool: emptySpool,
    joinToken,
    obeyedCopy: openObeyedCopy(directory),
    controlPlaneUrl: async () => server.url,
    report: status.report,
    answering: { answer: async () => ({ result: {} }), cancelAll: () => undefined },
    log: (_, __, detail) => void reasons.push(detail?.['reason']),
    onRevoked: () => undefined,
    backoff: { firstMs: 20, lastMs: 50 },
  });
}
const linked = () => until(() => link?.isUp(), 10_000, 'a link');
const declined = () => until(() => server.declines.at(-1), 10_000, 'a decline');

test('remembers the newest copy it obeyed, and tells an older one with its signature that it does not obey', async () => {
  const copy = (epoch: number) => ({ id: installation, epoch });
  await dialIn(copy(2));
  await linked();
  expect(server.introductions.at(-1)?.params).toMatchObject({ generation: 4 });
  await dialIn(copy(5));
  await linked();
  await until(() => server.introductions.length > 1, 10_000, 'the newer copy');
  expect(await obeyed()).toEqual(copy(5));
  await dialIn(copy(2), 'a join token does not help');
  const { params, code } = await declined();
  expect(Decline.parse(params)).toMatchObject({ botId, obeys: copy(5) });
  expect(code).toBe(closeCode.declined);
  expect(link?.isUp()).toBe(false);
});

test('a target that notes a newer copy is heeded at the next connection', async () => {
  await dialIn({ id: installation, epoch: 2 });
  await linked();
  await writeFile(join(directory, 'copy.json'), JSON.stringify({ id: installation, epoch: 3 }));
  server.end(closeCode.declined);
  expect(await declined()).toMatchObject({ code: closeCode.declined });
});

test('changes to another installation with a token that was brought for it, and not without', async () => {
  const other = { id: randomUUID(), epoch: 1 };
  await dialIn({ id: installation, epoch: 2 });
  await linked();
  await dialIn(other);
  await declined();
  await dialIn(other, 'a fresh token');
  await linked();
  expect(server.introductions.at(-1)?.method).toBe('enrol');
  expect(await obeyed()).toEqual(other);
});

test.each([
  ['hello', { hello: { nonce: 7 } }],
  ['welcome', { welcome: { epoch: 'the first' } }],
])('a %s that is not as agreed is refused with the reason, and the link tried again', async (name, amiss) => {
  server.misspeak(amiss);
  await dialIn(undefined, 'a fresh token');
  await until(() => reasons.length > 0, 10_000, 'a reason');
  expect(reasons[0]).toMatch(new RegExp(`^The control plane's ${name} is not as agreed: `));
  server.misspeak({});
  await linked();
});

import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { type KeyDriver, KeyTrouble, type KeyTroubleReason } from './key-driver.ts';
import { keyRing } from './key-ring.ts';
import { fileKey } from './key-wrapper.ts';
import { freshMs, staleMs } from './unwrap-cache.ts';

let nowMs: number;
let asked: number;
let trouble: KeyTroubleReason | undefined;
beforeEach(() => {
  [nowMs, asked, trouble] = [0, 0, undefined];
});

/** A key at a service that may fail. */
function remoteKey(): KeyDriver {
  const key = fileKey(randomBytes(32));
  return {
    ...key,
    kind: 'vault',
    async unwrap(wrapped, boundTo) {
      asked += 1;
      if (trouble) throw new KeyTrouble(trouble, key.id, undefined);
      return key.unwrap(wrapped, boundTo);
    },
  };
}

async function ringWithKey() {
  const ring = keyRing({ current: remoteKey() }, () => nowMs);
  const made = await ring.wrap(Buffer.alloc(32, 7), 'w1');
  return { ring, open: (boundTo = 'w1') => ring.unwrap(made.kekId, made.wrapped, boundTo) };
}

describe('what a service has opened', () => {
  test('is not asked for again for some minutes, and then is', async () => {
    const { open } = await ringWithKey();
    for (let reads = 0; reads < 100; reads += 1) (await open()).fill(0);
    expect(asked).toBe(1);
    expect(await open()).toEqual(Buffer.alloc(32, 7));
    nowMs = freshMs;
    await open();
    expect(asked).toBe(2);
  });

  test('goes on while the service is away, for an hour', async () => {
    const { open } = await ringWithKey();
    await open();
    trouble = 'unreachable';
    nowMs = staleMs - 1;
    expect(await open()).toEqual(Buffer.alloc(32, 7));
    nowMs = staleMs;
    await expect(open()).rejects.toThrow('cannot be reached');
    trouble = undefined;
    expect(await open()).toEqual(Buffer.alloc(32, 7));
  });

  test.each(['denied', 'disabled', 'missing'] as const)('ends within minutes when the key is %s', async (reason) => {
    const { open } = await ringWithKey();
    await open();
    trouble = reason;
    nowMs = freshMs;
    await expect(open()).rejects.toMatchObject({ reason });
    trouble = 'unreachable';
    await expect(open()).rejects.toMatchObject({ reason: 'unreachable' });
  });

  test('is of its place alone, and forgotten on demand', async () => {
    const { ring, open } = await ringWithKey();
    await open();
    await expect(open('w2')).rejects.toMatchObject({ reason: 'altered' });
    ring.forget();
    await open();
    expect(asked).toBe(3);
  });
});

describe('several keys', () => {
  test('the current one wraps, and each opens what it wrapped', async () => {
    const [former, current] = [fileKey(randomBytes(32)), fileKey(randomBytes(32))];
    const before = await keyRing({ current: former }).wrap(Buffer.alloc(32, 1), 'w1');
    const ring = keyRing({ current, former: [former] });
    expect((await ring.wrap(Buffer.alloc(32, 2), 'w1')).kekId).toBe(current.id);
    expect(await ring.unwrap(before.kekId, before.wrapped, 'w1')).toEqual(Buffer.alloc(32, 1));
    await expect(ring.unwrap('vault:transit/gone:v1', before.wrapped, 'w1')).rejects.toThrow('CLAWSTER_FORMER_KEYS');
    expect((await ring.look()).map(({ id, isCurrent }) => ({ id, isCurrent }))).toEqual([
      { id: current.id, isCurrent: true },
      { id: former.id, isCurrent: false },
    ]);
  });

  test('one that cannot be used says why when they are looked at', async () => {
    const ring = keyRing({ current: remoteKey() }, () => nowMs);
    expect((await ring.look())[0]?.trouble).toBeUndefined();
    trouble = 'disabled';
    nowMs = 60_000;
    await ring.look();
    await expect.poll(async () => (await ring.look())[0]?.trouble).toContain('is disabled');
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtemp, chmod, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seal, unseal } from './envelope.ts';
import { keyWrapper, openFileKeyWrapper } from './key-wrapper.ts';
import { boundTo } from './store-secret.ts';

const key = randomBytes(32);
const place = { workspaceId: 'w1', ownerKind: 'connector', ownerId: 'c1', field: 'api-key' } as const;
const here = boundTo(place, 1, 'file:1');
const sealed = seal(key, Buffer.from('sk-canary'), here);

describe('an envelope', () => {
  test('opens where it was sealed', () => expect(unseal(key, sealed, here).toString()).toBe('sk-canary'));

  test.each([
    ['in another workspace', boundTo({ ...place, workspaceId: 'w2' }, 1, 'file:1')],
    ['of another kind of owner', boundTo({ ...place, ownerKind: 'bot' }, 1, 'file:1')],
    ['of another row', boundTo({ ...place, ownerId: 'c2' }, 1, 'file:1')],
    ['in another field', boundTo({ ...place, field: 'other' }, 1, 'file:1')],
    ['as another version', boundTo(place, 2, 'file:1')],
    ['under another key id', boundTo(place, 1, 'file:2')],
    ['with parts shifted', ['secret', 'w1', 'connectorc1', '', 'api-key', 1, 'file:1']],
  ])('does not open %s', (_, elsewhere) => expect(() => unseal(key, sealed, elsewhere)).toThrow('altered, moved'));

  test('does not open with any one bit changed', () => {
    for (const part of ['nonce', 'ciphertext'] as const) {
      for (let bit = 0; bit < sealed[part].length * 8; bit += 1) {
        const bytes = Buffer.from(sealed[part]);
        bytes[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => unseal(key, { ...sealed, [part]: bytes }, here)).toThrow();
      }
    }
  });

  test('does not open with its tag cut short, or under another key', () => {
    for (let cut = 1; cut <= sealed.ciphertext.length; cut += 1) {
      expect(() => unseal(key, { ...sealed, ciphertext: sealed.ciphertext.subarray(0, -cut) }, here)).toThrow();
    }
    expect(() => unseal(randomBytes(32), sealed, here)).toThrow();
  });

  test('never uses a nonce twice', () => {
    const nonces = new Set(Array.from({ length: 2_000 }, () => seal(key, Buffer.alloc(1), here).nonce.toString('hex')));
    expect(nonces.size).toBe(2_000);
  });
});

describe('the key file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'clawster-keys-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('is made once with mode 0600, also when two start at once', async () => {
    const file = join(folder, 'deep', 'kek');
    const wrappers = await Promise.all(Array.from({ length: 8 }, () => openFileKeyWrapper(file)));
    expect(new Set(wrappers.map((wrapper) => wrapper.id)).size).toBe(1);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readFile(file, 'utf8')).length).toBeGreaterThan(40);
  });

  test('is refused when others can read it, or when it is damaged', async () => {
    const file = join(folder, 'open');
    await openFileKeyWrapper(file);
    await chmod(file, 0o644);
    await expect(openFileKeyWrapper(file)).rejects.toThrow('chmod 600');
    await writeFile(join(folder, 'damaged'), 'AAAA', { mode: 0o600 });
    await expect(openFileKeyWrapper(join(folder, 'damaged'))).rejects.toThrow('damaged');
    await expect(openFileKeyWrapper(folder)).rejects.toThrow(`The key file ${folder} cannot be read (EISDIR)`);
    await expect(openFileKeyWrapper('/proc/kek')).rejects.toThrow(
      'There is no key file /proc/kek, and none can be made',
    );
  });

  test('unwraps for its own workspace alone, and names the key that is missing', async () => {
    const wrapper = keyWrapper(key);
    const { wrapped } = await wrapper.wrap(Buffer.alloc(32, 7), 'w1');
    expect(await wrapper.unwrap(wrapper.id, wrapped, 'w1')).toEqual(Buffer.alloc(32, 7));
    await expect(wrapper.unwrap(wrapper.id, wrapped, 'w2')).rejects.toThrow('altered');
    await expect(keyWrapper(randomBytes(32)).unwrap(wrapper.id, wrapped, 'w1')).rejects.toThrow(wrapper.id);
  });
});

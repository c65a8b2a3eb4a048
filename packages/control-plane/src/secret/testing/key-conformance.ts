import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { KeyDriver, KeyTrouble, KeyTroubleReason } from '../key-driver.ts';
import type { Fault } from './stand-in-service.ts';

/** A key that is under test, and what can be done to the place where it is kept. */
export type KeyUnderTest = {
  driver: KeyDriver;
  /** Another key at the same place, as if somebody had wrapped with it. */
  other: KeyDriver;
  /** A key of a name that is not there. */
  missing?: { driver: KeyDriver; reason: KeyTroubleReason };
  /** The same key for who has no credentials that are any good. */
  stranger?: KeyDriver;
  rotate?(): void;
  set?(fault: Fault): void;
  /** The service goes away for good. */
  away?(): Promise<void>;
  close(): Promise<void>;
};

/** What every place where a key is kept has to hold to. */
export function describeKeyWrapper(name: string, open: () => Promise<KeyUnderTest>): void {
  describe(`a key of ${name}`, () => {
    let under: KeyUnderTest;
    const dataKey = randomBytes(32);
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.close());
    const troubleOf = (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        (error: KeyTrouble) => error.reason,
      );

    test('opens what it wrapped, where it was wrapped, and names itself', async () => {
      const wrapped = await under.driver.wrap(dataKey, 'w1');
      expect(wrapped.kekId).toBe(under.driver.id);
      expect(under.driver.holds(wrapped.kekId)).toBe(true);
      expect(wrapped.wrapped.includes(dataKey)).toBe(false);
      expect(await under.driver.unwrap(wrapped, 'w1')).toEqual(dataKey);
      const der = randomBytes(48);
      expect(await under.driver.unwrap(await under.driver.wrap(der, 'w1'), 'w1')).toEqual(der);
    });

    test('does not open it in another workspace, altered, cut short, or as wrapped by another key', async () => {
      const { kekId, wrapped } = await under.driver.wrap(dataKey, 'w1');
      expect(await troubleOf(under.driver.unwrap({ kekId, wrapped }, 'w2'))).toBe('altered');
      expect(await troubleOf(under.driver.unwrap({ kekId, wrapped: wrapped.subarray(0, -1) }, 'w1'))).toBe('altered');
      for (let at = 0; at < wrapped.length; at += Math.ceil(wrapped.length / 16)) {
        const bytes = Buffer.from(wrapped);
        bytes[at]! ^= 1;
        expect(await troubleOf(under.driver.unwrap({ kekId, wrapped: bytes }, 'w1'))).toBe('altered');
      }
      const foreign = await under.other.wrap(dataKey, 'w1');
      expect(await troubleOf(under.driver.unwrap({ kekId, wrapped: foreign.wrapped }, 'w1'))).toBe('altered');
    });

    test('that was rotated has another id, wraps under that, and opens what the version before wrapped', async () => {
      if (!under.rotate) return;
      const before = await under.driver.wrap(dataKey, 'w1');
      under.rotate();
      const after = await under.driver.wrap(dataKey, 'w1');
      expect(after.kekId).not.toBe(before.kekId);
      expect(under.driver.id).toBe(after.kekId);
      for (const wrapped of [before, after]) {
        expect(under.driver.holds(wrapped.kekId)).toBe(true);
        expect(await under.driver.unwrap(wrapped, 'w1')).toEqual(dataKey);
      }
    });

    test.each([
      ['disabled', 'disabled', 'is disabled or about to be deleted'],
      ['denied', 'denied', 'let this server encrypt and decrypt'],
      ['throttled', 'unreachable', 'cannot be reached'],
    ] as const)('that is %s is told as %s', async (fault, reason, sentence) => {
      if (!under.set) return;
      const wrapped = await under.driver.wrap(dataKey, 'w1');
      under.set(fault);
      await expect(under.driver.unwrap(wrapped, 'w1')).rejects.toMatchObject({
        reason,
        message: expect.stringContaining(sentence),
      });
      under.set(undefined);
      expect(await under.driver.unwrap(wrapped, 'w1')).toEqual(dataKey);
    });

    test('that is not there, that one may not use, or whose service is away is told as that', async () => {
      const { driver, missing, stranger, away } = under;
      const wrapped = await driver.wrap(dataKey, 'w1');
      const told = [
        missing && (await troubleOf(missing.driver.wrap(dataKey, 'w1'))),
        stranger && (await troubleOf(stranger.unwrap(wrapped, 'w1'))),
        away && (await away().then(() => troubleOf(driver.unwrap(wrapped, 'w1')))),
      ];
      expect(told).toEqual([missing?.reason, stranger && 'denied', away && 'unreachable']);
    });
  });
}

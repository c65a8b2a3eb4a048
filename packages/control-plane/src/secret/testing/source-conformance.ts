import type { SecretReference } from '@clawster/contract/secret-source';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SecretSource } from '../source/secret-source.ts';
import type { StandInService } from './stand-in-service.ts';

type UnderTest = {
  source: SecretSource;
  service: StandInService;
  /** A reference to a secret that is the JSON object `{"api-key":"sk-canary","port":8080}`, and to one that is not there. */
  reference: (field: string | undefined) => SecretReference;
  nowhere: SecretReference;
  version: string;
  /** A reference without a field, where a source has such. */
  hasWhole: boolean;
};

export const secretInSource = { 'api-key': 'sk-canary', port: 8080 };

/** What every source of secrets has to hold to. */
export function describeSecretSource(name: string, open: () => Promise<UnderTest>): void {
  describe(`secrets of ${name}`, () => {
    const { signal } = new AbortController();
    let under: UnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.service.close());
    const read = (reference = under.reference('api-key')) => under.source.read(reference, signal);

    test('are read as they are now, with their version', async () => {
      expect(await read()).toEqual({ value: 'sk-canary', version: under.version });
      const whole = under.hasWhole ? await read(under.reference(undefined)) : undefined;
      expect(whole?.value).toBe(under.hasWhole ? JSON.stringify(secretInSource) : undefined);
    });

    test('that are not there, or lack the field, are told as that, and nothing of a value is', async () => {
      await expect(read(under.nowhere)).rejects.toMatchObject({
        reason: 'not-found',
        message: expect.stringMatching(/has no secret/),
      });
      await expect(read(under.reference('token'))).rejects.toMatchObject({
        reason: 'no-field',
        message: expect.stringMatching(/has no field token: check the field's name$/),
      });
      await expect(read(under.reference('port'))).rejects.toMatchObject({
        reason: 'no-field',
        message: expect.not.stringContaining('8080'),
      });
      await expect(read(under.reference('constructor'))).rejects.toMatchObject({ reason: 'no-field' });
    });

    test('that one may not read, or whose source is busy or away, are told as that', async () => {
      under.service.fault = 'denied';
      await expect(read()).rejects.toMatchObject({
        reason: 'denied',
        message: expect.stringContaining('does not let Clawster read'),
      });
      under.service.fault = 'throttled';
      await expect(read()).rejects.toMatchObject({ reason: 'unreachable' });
      under.service.fault = undefined;
      expect((await read()).value).toBe('sk-canary');
      await under.service.close();
      await expect(read()).rejects.toMatchObject({
        reason: 'unreachable',
        message: expect.stringContaining('check its service'),
      });
    });

    test('that nobody waits for any more are not waited for', async () => {
      await expect(under.source.read(under.reference('api-key'), AbortSignal.abort())).rejects.toThrow();
    });
  });
}

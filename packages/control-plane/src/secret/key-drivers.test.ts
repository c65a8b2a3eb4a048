import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KMSClient } from '@aws-sdk/client-kms';
import { KeyClient } from '@azure/keyvault-keys';
import { KeyManagementServiceClient } from '@google-cloud/kms';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localhostCertificate } from '../outward/testing/localhost-certificate.ts';
import { awsKmsKey } from './driver/aws-kms.ts';
import { azureKey, azureOptions } from './driver/azure-key-vault.ts';
import { gcpKmsKey } from './driver/gcp-kms.ts';
import { vaultTransitKey } from './driver/vault-transit.ts';
import { fileKey } from './key-wrapper.ts';
import { awsCredentials, awsKeyArn, awsRegion, awsService } from './testing/aws-service.ts';
import { azureCredential, azureService } from './testing/azure-service.ts';
import { googleCredentials, googleKey, googleService } from './testing/google-service.ts';
import { describeKeyWrapper } from './testing/key-conformance.ts';
import type { StandInService } from './testing/stand-in-service.ts';
import { vaultService } from './testing/vault-service.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-vault-'));
  await writeFile(join(folder, 'token'), 'token-1\n', { mode: 0o600 });
  await writeFile(join(folder, 'bad-token'), 'token-0\n', { mode: 0o600 });
  await writeFile(join(folder, 'open-token'), 'token-1\n', { mode: 0o644 });
  await writeFile(join(folder, 'secret-id'), 'secret-1\n', { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

const faults = (service: StandInService) => ({
  set(fault: StandInService['fault']) {
    service.fault = fault;
  },
  away: () => service.close(),
  close: () => service.close(),
});

describeKeyWrapper('a file', async () => ({
  driver: fileKey(randomBytes(32)),
  other: fileKey(randomBytes(32)),
  close: async () => undefined,
}));

for (const derived of [false, true])
  describeKeyWrapper(derived ? 'a vault that derives one for each place' : 'a vault', async () => {
    const [service, elsewhere] = [await vaultService({ derived }), await vaultService({ derived })];
    const at = (url: string, file: string, key = 'clawster') =>
      vaultTransitKey({ url, signIn: { tokenFile: join(folder, file) } }, { mount: 'transit', key });
    return {
      driver: at(service.url, 'token'),
      other: at(elsewhere.url, 'token'),
      // Who may not make a key is not told that there is none.
      missing: { driver: at(service.url, 'token', 'none'), reason: 'denied' },
      stranger: at(service.url, 'bad-token'),
      rotate: service.rotate,
      ...faults(service),
      close: () => Promise.all([service.close(), elsewhere.close()]).then(() => undefined),
    };
  });

describeKeyWrapper('AWS KMS', async () => {
  const [service, elsewhere] = [await awsService(), await awsService()];
  const at = (endpoint: string, keyArn = awsKeyArn, credentials = awsCredentials) =>
    awsKmsKey({ region: awsRegion, keyArn }, async () => new KMSClient({ region: awsRegion, endpoint, credentials }));
  return {
    driver: at(service.url),
    other: at(elsewhere.url),
    missing: { driver: at(service.url, awsKeyArn.replace('1234abcd', '0000abcd')), reason: 'missing' },
    stranger: at(service.url, awsKeyArn, { ...awsCredentials, secretAccessKey: 'another' }),
    ...faults(service),
    close: () => Promise.all([service.close(), elsewhere.close()]).then(() => undefined),
  };
});

describeKeyWrapper('Google Cloud KMS', async () => {
  const [service, elsewhere] = [await googleService(), await googleService()];
  const at = ({ port }: StandInService, key = googleKey, credentials = googleCredentials) =>
    gcpKmsKey(key, async () => {
      const options = { fallback: true, protocol: 'http', apiEndpoint: 'localhost', port, credentials };
      return new KeyManagementServiceClient(options);
    });
  return {
    driver: at(service),
    other: at(elsewhere),
    missing: { driver: at(service, `${googleKey}-2`), reason: 'missing' },
    stranger: at(service, googleKey, { ...googleCredentials, client_email: 'someone@p.iam.gserviceaccount.com' }),
    rotate: service.rotate,
    ...faults(service),
    close: () => Promise.all([service.close(), elsewhere.close()]).then(() => undefined),
  };
});

describeKeyWrapper('Azure Key Vault', async () => {
  const [service, elsewhere] = [await azureService(), await azureService()];
  const at = ({ url }: StandInService, name = 'clawster', token = 'azure-token') => {
    const credential = { getToken: async () => ({ ...(await azureCredential.getToken()), token }) };
    return azureKey({ vaultUrl: url, name }, async () => {
      const tlsOptions = { ca: localhostCertificate.cert };
      return new KeyClient(url, credential, {
        ...azureOptions,
        tlsOptions,
        disableChallengeResourceVerification: true,
      });
    });
  };
  return {
    driver: at(service),
    other: at(elsewhere),
    missing: { driver: at(service, 'none'), reason: 'missing' },
    stranger: at(service, 'clawster', 'another'),
    rotate: service.rotate,
    ...faults(service),
    close: () => Promise.all([service.close(), elsewhere.close()]).then(() => undefined),
  };
});

test('a vault is signed in to by AppRole, once, and anew when its token has ended', async () => {
  const service = await vaultService();
  const signIn = { roleId: 'role-1', secretIdFile: join(folder, 'secret-id') };
  const key = vaultTransitKey({ url: service.url, signIn }, { mount: 'transit', key: 'clawster' });
  const wrapped = await key.wrap(randomBytes(32), 'w1');
  await key.unwrap(wrapped, 'w1');
  expect(service.signIns).toBe(1);
  service.fault = 'denied';
  await expect(key.unwrap(wrapped, 'w1')).rejects.toMatchObject({ reason: 'denied' });
  service.fault = undefined;
  await key.unwrap(wrapped, 'w1');
  expect(service.signIns).toBe(2);
  await service.close();
});

test('a token that others can read is not used', async () => {
  const signIn = { tokenFile: join(folder, 'open-token') };
  const key = vaultTransitKey({ url: 'http://127.0.0.1:1', signIn }, { mount: 'transit', key: 'clawster' });
  await expect(key.wrap(randomBytes(32), 'w1')).rejects.toThrow('run chmod 600');
});

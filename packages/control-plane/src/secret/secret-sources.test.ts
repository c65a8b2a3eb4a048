import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SecretClient } from '@azure/keyvault-secrets';
import { SecretReference } from '@clawster/contract/secret-source';
import { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localhostCertificate } from '../outward/testing/localhost-certificate.ts';
import { azureOptions } from './driver/azure-key-vault.ts';
import { awsSecretSource } from './source/aws-secrets-manager.ts';
import { azureSecretSource } from './source/azure-key-vault.ts';
import { gcpSecretSource } from './source/gcp-secret-manager.ts';
import { fieldOf, type SecretSource } from './source/secret-source.ts';
import { vaultKvSource } from './source/vault-kv.ts';
import { awsCredentials, awsRegion, awsService } from './testing/aws-service.ts';
import { azureCredential, azureService } from './testing/azure-service.ts';
import { googleCredentials, googleService } from './testing/google-service.ts';
import { describeSecretSource, secretInSource } from './testing/source-conformance.ts';
import { vaultService } from './testing/vault-service.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clawster-source-'));
  await writeFile(join(folder, 'token'), 'token-1\n', { mode: 0o600 });
});
afterAll(() => rm(folder, { recursive: true }));

const text = JSON.stringify(secretInSource);
const here = { allowPrivate: true };
const signIn = () => ({ tokenFile: join(folder, 'token') });

describeSecretSource('a vault', async () => {
  const service = await vaultService();
  service.secrets.set('team/model', secretInSource);
  return {
    service,
    source: vaultKvSource({ url: service.url, signIn: signIn() }, here) as SecretSource,
    reference: (field) => ({ kind: 'vault-kv', mount: 'secret', path: 'team/model', field: field ?? '' }),
    nowhere: { kind: 'vault-kv', mount: 'secret', path: 'team/none', field: 'api-key' },
    version: '4',
    hasWhole: false,
  };
});

describeSecretSource('AWS Secrets Manager', async () => {
  const service = await awsService();
  service.secrets.set('team/model', text);
  const client = new SecretsManagerClient({ region: awsRegion, endpoint: service.url, credentials: awsCredentials });
  return {
    service,
    source: awsSecretSource(awsRegion, async () => client) as SecretSource,
    reference: (field) => ({ kind: 'aws-secrets-manager', secretId: 'team/model', field }),
    nowhere: { kind: 'aws-secrets-manager', secretId: 'team/none' },
    version: 'version-4',
    hasWhole: true,
  };
});

describeSecretSource('Google Cloud Secret Manager', async () => {
  const service = await googleService();
  service.secrets.set('projects/p/secrets/model/versions/latest', text);
  const client = async () => {
    const { port } = service;
    const options = {
      fallback: true,
      protocol: 'http',
      apiEndpoint: 'localhost',
      port,
      credentials: googleCredentials,
    };
    return new SecretManagerServiceClient(options);
  };
  const at = (secret: string, field?: string) =>
    ({ kind: 'gcp-secret-manager', secret: `projects/p/secrets/${secret}`, version: 'latest', field }) as const;
  return {
    service,
    source: gcpSecretSource(client) as SecretSource,
    reference: (field) => at('model', field),
    nowhere: at('none'),
    version: '4',
    hasWhole: true,
  };
});

describeSecretSource('Azure Key Vault', async () => {
  const service = await azureService();
  service.secrets.set('model', text);
  const client = async () => {
    const tlsOptions = { ca: localhostCertificate.cert };
    const options = { ...azureOptions, tlsOptions, disableChallengeResourceVerification: true };
    return new SecretClient(service.url, azureCredential, options);
  };
  return {
    service,
    source: azureSecretSource(service.url, here, client) as SecretSource,
    reference: (field) => ({ kind: 'azure-key-vault', name: 'model', field }),
    nowhere: { kind: 'azure-key-vault', name: 'none' },
    version: '4',
    hasWhole: true,
  };
});

test('a source on a private network is asked only where the installation allows it', async () => {
  const { signal } = new AbortController();
  const outward = { allowPrivate: false };
  const vault = vaultKvSource({ url: 'http://127.0.0.1:1', signIn: signIn() }, outward);
  const reference = { kind: 'vault-kv', mount: 'secret', path: 'a', field: 'b' } as const;
  await expect(vault.read(reference, signal)).rejects.toThrow('which this installation does not allow');
  const azure = azureSecretSource('https://localhost:1', outward);
  await expect(azure.read({ kind: 'azure-key-vault', name: 'a' }, signal)).rejects.toThrow('does not allow');
});

test.each([
  ['a way up', { kind: 'vault-kv', path: '../sys/seal', field: 'x' }],
  ['a way out', { kind: 'vault-kv', path: 'a?list=true', field: 'x' }],
  ['another mount by a way up', { kind: 'vault-kv', mount: '../auth', path: 'a', field: 'x' }],
  ['a line break', { kind: 'aws-secrets-manager', secretId: 'a\nb' }],
  ['another resource of Google', { kind: 'gcp-secret-manager', secret: 'projects/p/secrets/a/../b' }],
  ['a path in a name of Azure', { kind: 'azure-key-vault', name: '../keys/clawster' }],
])('a reference with %s is refused', (_, reference) =>
  expect(SecretReference.safeParse(reference).success).toBe(false),
);

test('a field of what is no JSON object is told as that', () => {
  for (const whole of ['sk-canary', '["api-key"]', 'null', '7'])
    expect(() => fieldOf(whole, { secret: 'model', field: 'api-key' })).toThrow('is no JSON object');
});

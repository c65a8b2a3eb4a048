import { isAbsolute } from 'node:path';

/** Where a key-encryption key is kept, as a setting names it; it holds nothing secret. */
export type KeyAddress =
  | { kind: 'file'; file: string | undefined }
  | { kind: 'vault'; url: string; mount: string; key: string }
  | { kind: 'aws-kms'; region: string; keyArn: string }
  | { kind: 'gcp-kms'; key: string }
  | { kind: 'azure-key-vault'; vaultUrl: string; name: string };

/** What can be written. */
export const keyAddressForms = [
  'file',
  'file:/etc/clawster/key',
  'vault:https://vault.example.com:8200/transit/clawster',
  'aws-kms:arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
  'gcp-kms:projects/p/locations/l/keyRings/r/cryptoKeys/clawster',
  'azure-key-vault:https://name.vault.azure.net/keys/clawster',
] as const;

/** The key a setting names; undefined when it names none. */
export function parseKeyAddress(text: string): KeyAddress | undefined {
  const [kind, ...rest] = text.trim().split(':');
  const where = rest.join(':');
  if (kind === 'file') return fileAddress(where);
  if (kind === 'vault') return vaultAddress(where);
  if (kind === 'aws-kms') return awsAddress(where);
  if (kind === 'gcp-kms') return gcpAddress(where);
  return kind === 'azure-key-vault' ? azureAddress(where) : undefined;
}

function fileAddress(file: string): KeyAddress | undefined {
  if (file === '') return { kind: 'file', file: undefined };
  return isAbsolute(file) ? { kind: 'file', file } : undefined;
}

/** The last part of the path is the key, all before it the mount: those may have several parts. */
function vaultAddress(where: string): KeyAddress | undefined {
  const url = safeUrl(where);
  const parts = url?.pathname.split('/').filter(Boolean) ?? [];
  const key = parts.pop();
  if (!url || !key || parts.length === 0) return undefined;
  return { kind: 'vault', url: url.origin, mount: parts.join('/'), key };
}

/** By its ARN: an alias may lead elsewhere tomorrow, and what was wrapped names no alias. */
function awsAddress(where: string): KeyAddress | undefined {
  const region = /^arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:key\/[A-Za-z0-9-]+$/.exec(where)?.[1];
  return region ? { kind: 'aws-kms', region, keyArn: where } : undefined;
}

function gcpAddress(where: string): KeyAddress | undefined {
  const isKey = /^projects\/[^/]+\/locations\/[^/]+\/keyRings\/[^/]+\/cryptoKeys\/[^/]+$/.test(where);
  return isKey ? { kind: 'gcp-kms', key: where } : undefined;
}

function azureAddress(where: string): KeyAddress | undefined {
  const url = safeUrl(where);
  const name = /^\/keys\/([A-Za-z0-9-]+)\/?$/.exec(url?.pathname ?? '')?.[1];
  return url && name ? { kind: 'azure-key-vault', vaultUrl: url.origin, name } : undefined;
}

/** A URL that keys and secrets may be asked for at: without TLS on this machine alone, or whoever is in between would read them. */
export function safeUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname));
  return url && isSafe && !url.username && !url.password && !url.search ? url : undefined;
}

const isLoopback = (host: string) => host === 'localhost' || host === '[::1]' || host.startsWith('127.');

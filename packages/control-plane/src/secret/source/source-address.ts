import { safeUrl } from '../key-address.ts';
import type { SecretKind } from './secret-source.ts';

/** A store that secrets are read from, as a setting names it: where it is, and what the names of secrets there begin with. */
export type SourceAddress = { kind: SecretKind; where: string; within: string };

/** What can be written. `{workspace}` stands for the id of the workspace that asks. */
export const sourceAddressForms = [
  'vault-kv:https://vault.example.com:8200/secret/bots/',
  'aws-secrets-manager:eu-central-1/bots/',
  'gcp-secret-manager:projects/p/secrets/bots-',
  'azure-key-vault:https://name.vault.azure.net/secrets/bots-',
] as const;

/** The store a setting names; undefined when it names none. */
export function parseSourceAddress(text: string): SourceAddress | undefined {
  const [kind, ...rest] = text.trim().split(':');
  const where = rest.join(':');
  if (kind === 'vault-kv') return urlAddress(kind, where, '/');
  if (kind === 'azure-key-vault') return urlAddress(kind, where, '/secrets/');
  if (kind === 'aws-secrets-manager') return awsAddress(where);
  return kind === 'gcp-secret-manager' ? gcpAddress(where) : undefined;
}

/** Of the path, `before` belongs to the service; the rest is what names there begin with. */
function urlAddress(kind: 'vault-kv' | 'azure-key-vault', text: string, before: string): SourceAddress | undefined {
  const url = safeUrl(text);
  if (!url) return undefined;
  // Braces are written with % in a URL.
  const path = decodeURIComponent(url.pathname);
  if (path !== '/' && !path.startsWith(before)) return undefined;
  return { kind, where: url.origin, within: path === '/' ? '' : path.slice(before.length) };
}

function awsAddress(text: string): SourceAddress | undefined {
  const [region = '', ...name] = text.split('/');
  return /^[a-z]{2}(-[a-z]+)+-\d$/.test(region)
    ? { kind: 'aws-secrets-manager', where: region, within: name.join('/') }
    : undefined;
}

function gcpAddress(text: string): SourceAddress | undefined {
  return text.startsWith('projects/') ? { kind: 'gcp-secret-manager', where: '', within: text } : undefined;
}

import { SecretValue } from '@clawster/contract/secret';
import { SecretReference } from '@clawster/contract/secret-source';
import { z } from 'zod';

export type Store = SecretReference['kind'];
type StoreWords = { name: string; label: string; example: string; hint: string; field: string };

/** What each store is called, and what people have to know to find a secret in it. */
export const stores: Record<Store, StoreWords> = {
  'vault-kv': {
    name: 'OpenBao or HashiCorp Vault',
    label: 'Path',
    example: 'secret/bots/telegram',
    hint: 'The mount of a KV engine of version 2, then the path in it.',
    field: 'Which one of the fields there.',
  },
  'aws-secrets-manager': {
    name: 'AWS Secrets Manager',
    label: 'Name or ARN',
    example: 'bots/telegram',
    hint: 'As AWS lists it.',
    field: 'If it is a JSON object. Empty: the whole.',
  },
  'gcp-secret-manager': {
    name: 'Google Cloud Secret Manager',
    label: 'Name',
    example: 'projects/acme/secrets/telegram',
    hint: 'With its project. The latest version is followed.',
    field: 'If it is a JSON object. Empty: the whole.',
  },
  'azure-key-vault': {
    name: 'Azure Key Vault',
    label: 'Name',
    example: 'telegram',
    hint: 'In the Key Vault that the server is set to.',
    field: 'If it is a JSON object. Empty: the whole.',
  },
};

type Kept = { store: Store | 'here'; value: string; source: string; field: string };

/** What a form has when nothing is said yet. */
export const keptHere: Kept = { store: 'here', value: '', source: '', field: '' };

/** A secret's value, or where it is in another store: what the contract refuses is told at the field it is about. */
export const keptShape = {
  store: z.enum(['here', ...(Object.keys(stores) as Store[])]),
  value: z.string(),
  source: z.string().trim(),
  field: z.string().trim(),
};

/** Tells what is wrong with a value or a place, as a refinement of a form. */
export function checkKept(kept: Kept, context: z.RefinementCtx): void {
  const parsed = kept.store === 'here' ? SecretValue.safeParse(kept.value) : SecretReference.safeParse(named(kept));
  const [issue] = parsed.error?.issues ?? [];
  if (!issue) return;
  const place = issue.path[0] === 'field' ? 'field' : 'source';
  context.addIssue({ code: 'custom', path: [kept.store === 'here' ? 'value' : place], message: sentence(kept, issue) });
}

function sentence({ store, field }: Kept, { path, message }: z.core.$ZodIssue): string {
  if (path[0] === 'field' && field === '') return 'Say which field of it';
  return store === 'vault-kv' && path[0] === 'mount' ? `Write it as ${stores['vault-kv'].example}` : message;
}

/** What is sent of it: the value, or where it is. */
export function keptOf(kept: Kept): { value: string } | { source: SecretReference } {
  return kept.store === 'here' ? { value: kept.value } : { source: SecretReference.parse(named(kept)) };
}

function named({ store, source, field: written }: Kept) {
  const field = written === '' ? undefined : written;
  switch (store) {
    case 'vault-kv': {
      const [mount, ...path] = source.split('/');
      return { kind: store, mount, path: path.join('/'), field };
    }
    case 'aws-secrets-manager':
      return { kind: store, secretId: source, field };
    case 'gcp-secret-manager':
      return { kind: store, secret: source, field };
    case 'azure-key-vault':
    case 'here':
      return { kind: store, name: source, field };
  }
}

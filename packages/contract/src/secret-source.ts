import { z } from 'zod';

/** Of a secret that is a JSON object: which of its fields is meant. Absent: the whole. */
const Field = z.string().min(1, 'Name a field of the secret').max(200);

/** Parts of a path, without a way up or out. */
const Path = z
  .string()
  .max(500)
  .regex(/^[A-Za-z0-9_.@-]+(\/[A-Za-z0-9_.@-]+)*$/, 'Write the path as team/bot, without a slash before or after')
  .refine((path) => !path.split('/').some((part) => part === '..' || part === '.'), 'A path has no . or .. in it');

/**
 * Where a secret is kept outside of Clawster. It names what is there and no more: where a source is, and how it is signed
 * in to, belongs to the source, so that whoever may write a reference cannot have credentials sent elsewhere.
 */
export const SecretReference = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('vault-kv'),
    /** Of a KV engine of version 2. */
    mount: Path.default('secret'),
    path: Path,
    field: Field,
  }),
  z.object({
    kind: z.literal('aws-secrets-manager'),
    /** A name or an ARN. */
    secretId: z
      .string()
      .max(2_048)
      .regex(/^[A-Za-z0-9/_+=.@:-]+$/, 'Name the secret, or give its ARN'),
    field: Field.optional(),
  }),
  z.object({
    kind: z.literal('gcp-secret-manager'),
    secret: z
      .string()
      .regex(/^projects\/[a-z0-9-]+\/secrets\/[A-Za-z0-9_-]+$/, 'Write projects/<project>/secrets/<name>'),
    /** A number, or an alias such as `latest`. */
    version: z
      .string()
      .regex(/^[A-Za-z0-9_-]+$/, 'Name a version, such as 4 or latest')
      .default('latest'),
    field: Field.optional(),
  }),
  z.object({
    kind: z.literal('azure-key-vault'),
    name: z.string().regex(/^[A-Za-z0-9-]{1,127}$/, 'A name of Key Vault is letters, digits and hyphens'),
    field: Field.optional(),
  }),
]);
export type SecretReference = z.infer<typeof SecretReference>;

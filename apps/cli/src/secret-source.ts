import { SecretReference } from '@clawster/contract/secret-source';
import { z } from 'zod';
import { CliRefusal, exitCodes } from './failure.ts';

/** Where a secret is kept outside of Clawster: one of these, with the field where it is a JSON object. */
export const sourceOptions: [string, string][] = [
  [
    '--vault-path <mount/path>',
    'of OpenBao or HashiCorp Vault (KV version 2), such as secret/bots/telegram; needs --field',
  ],
  ['--aws-secret <name>', 'of AWS Secrets Manager, by its name or ARN'],
  ['--gcp-secret <name>', 'of Google Cloud, written projects/<project>/secrets/<name>'],
  ['--gcp-version <version>', 'which version of it; latest unless you say'],
  ['--azure-secret <name>', 'of Azure Key Vault'],
  ['--field <name>', 'which field of a secret that is a JSON object'],
];
export const sourceInput = {
  vaultPath: z.string().optional(),
  awsSecret: z.string().optional(),
  gcpSecret: z.string().optional(),
  gcpVersion: z.string().optional(),
  azureSecret: z.string().optional(),
  field: z.string().optional(),
};
type SourceInput = z.output<z.ZodObject<typeof sourceInput>>;

/** The source that is named, or undefined when none is; refuses two of them, and what no store can have. */
export function sourceOf(input: SourceInput): SecretReference | undefined {
  const { gcpVersion, field } = input;
  const named = [...vaultSource(input), ...cloudSources(input)];
  const [source] = named;
  if (named.length > 1) throw new CliRefusal('Name one store, not several.', exitCodes.usage);
  if (!source) {
    if (field || gcpVersion) throw new CliRefusal('Name the secret in its store too, see --help.', exitCodes.usage);
    return undefined;
  }
  const parsed = SecretReference.safeParse(source);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const isField = issue?.path[0] === 'field';
  throw new CliRefusal(isField ? 'Say which field of it with --field.' : `${issue?.message}.`, exitCodes.usage);
}

/** Its first part is the engine's mount. */
function vaultSource({ vaultPath, field }: SourceInput) {
  const [mount, ...path] = vaultPath?.split('/') ?? [];
  return mount === undefined ? [] : [{ kind: 'vault-kv', mount, path: path.join('/'), field }];
}

function cloudSources({ awsSecret, gcpSecret, gcpVersion: version, azureSecret, field }: SourceInput) {
  return [
    ...(awsSecret ? [{ kind: 'aws-secrets-manager', secretId: awsSecret, field }] : []),
    ...(gcpSecret ? [{ kind: 'gcp-secret-manager', secret: gcpSecret, version, field }] : []),
    ...(azureSecret ? [{ kind: 'azure-key-vault', name: azureSecret, field }] : []),
  ];
}

import type { OpenclawSchema } from '@clawster/contract/openclaw-schema';
import { dereference } from './dereference.ts';
import { readKeptSchema, shippedSchemas } from './schema-files.ts';
import { testedVersions } from './versions.ts';

const loaded = new Map<string, OpenclawSchema>();

/**
 * The configuration schema of an OpenClaw version: read when first asked for, then kept. Throws for a version that
 * Clawster keeps none of.
 */
export function schemaOf(version: string): OpenclawSchema {
  const known = loaded.get(version);
  if (known) return known;
  // Asked before the file system is: a version is a part of a path.
  const kept = testedVersions.some((tested) => tested === version) && readKeptSchema(shippedSchemas, version);
  if (!kept)
    throw new Error(
      `Clawster keeps no configuration schema of OpenClaw ${version}. Choose one of: ${testedVersions.join(', ')}`,
    );
  const schema = { version, root: dereference(kept.schema), reloadKinds: kept.reloadKinds };
  loaded.set(version, schema);
  return schema;
}

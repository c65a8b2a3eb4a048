import type { KeyDescription } from '@clawster/contract/openclaw-schema';
import * as described from '@clawster/domain/config/describe-key';
import { parseKeyPath } from '@clawster/contract/key-path';
import { schemaOf } from '@clawster/runtime/schema-of';

/** What an OpenClaw version says of a key, or undefined when it knows none such. `*` stands for any that is free. */
export function describeKey(path: string, version: string): KeyDescription | undefined {
  const keys = parseKeyPath(path);
  return keys && described.describeKey(keys, schemaOf(version));
}

/** The keys right under a path, the empty one for the whole document; none where the version knows no keys. */
export function keysUnder(path: string, version: string): KeyDescription[] {
  const keys = parseKeyPath(path);
  return keys ? described.keysUnder(keys, schemaOf(version)) : [];
}

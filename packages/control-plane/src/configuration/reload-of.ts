import type { ConfigReload, ReloadKind } from '@clawster/contract/openclaw-schema';
import { parseKeyPath } from '@clawster/contract/key-path';
import * as kinds from '@clawster/domain/config/reload-kind';
import * as reload from '@clawster/domain/config/reload-of';
import { schemaOf } from '@clawster/runtime/schema-of';

/** What replacing one document by another brings about at a gateway of this OpenClaw version, and which paths do. */
export function reloadOf(before: unknown, after: unknown, version: string): ConfigReload {
  return reload.reloadOf(before, after, schemaOf(version).reloadKinds);
}

/** What a change of this path brings about; `restart` for one that nobody knows. */
export function reloadKindOf(path: string, version: string): ReloadKind {
  return kinds.reloadKindOf(parseKeyPath(path) ?? [], schemaOf(version).reloadKinds);
}

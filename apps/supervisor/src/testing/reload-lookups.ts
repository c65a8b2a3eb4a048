import type { JsonSchema, ReloadKind } from '@clawster/contract/openclaw-schema';
import { pathsOf } from '@clawster/domain/config/schema/schema-keys';
import type { GatewayClient } from '@clawster/gateway/client';
import { GatewayError } from '@clawster/gateway/gateway-error';

export type Recorded = { keys: string[]; kind: ReloadKind };
type Lookup = { reloadKind: ReloadKind; children: { key: string; reloadKind: ReloadKind }[] };

/**
 * What a running gateway says that a change of each path brings about. One question answers for a path and for its
 * children, except for those that a union hides: these are asked for one by one. `untold` are the paths it does not
 * find, for it does not follow the references in the schemas of its plugins.
 */
export async function recordReloadKinds(gateway: GatewayClient, root: JsonSchema) {
  const paths = pathsOf(root);
  const parents = new Set(paths.map((keys) => keys.slice(0, -1).join('.')));
  const recorded = new Map<string, Recorded>();
  const untold: string[][] = [];
  for (const keys of paths) {
    const path = keys.join('.');
    if (recorded.has(path) && !parents.has(path)) continue;
    const said = await lookUp(gateway, keys);
    if (!said) {
      untold.push(keys);
      continue;
    }
    recorded.set(path, { keys, kind: said.reloadKind });
    for (const { key, reloadKind } of said.children)
      recorded.set([...keys, key].join('.'), { keys: [...keys, key], kind: reloadKind });
  }
  return { recorded: [...recorded.values()], untold };
}

/** What a running gateway says of one path, or undefined when it does not find it. */
export async function lookUp(gateway: GatewayClient, keys: readonly string[]): Promise<Lookup | undefined> {
  try {
    return (await gateway.call('config.schema.lookup', { path: keys.join('.') || '.' })) as Lookup;
  } catch (error) {
    if (error instanceof GatewayError && /path not found|params: at \/path/.test(error.message)) return undefined;
    throw error;
  }
}

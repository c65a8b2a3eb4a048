import { dirname, join } from 'node:path';
import { tokenVariable } from '../team/bridge.ts';
import type { Workload } from '../workload.ts';
import type { BotFolder } from './folder.ts';

/**
 * All a gateway, or a command of OpenClaw's about it, is started with. Nothing is inherited, and nothing
 * is secret but that credential, and the token that the gateway of a bot with a team alone is given for its team's tools; a command about it gets a word in its place, for
 * OpenClaw refuses a document whose variable is not set.
 * - SUPERVISOR_MODE=external: without it a failed start turns into a "repair" by the configured model.
 * - NO_RESPAWN: restarts stay inside the process we watch.
 * - CONFIG_READONLY: the file is ours; chat commands and doctor cannot change it.
 * - npm_config_offline: a missing channel plugin must not make the start wait minutes for a registry. The last place of PATH
 *   has an npm for hosts that have none.
 * - PROXY_URL: what the gateway fetches takes the bot's one way out, where it has one; what is on loopback does not. Its
 *   credential is the bot's own and good from the bot's network alone. In the document it would need a new process all the same.
 * - NODE_COMPILE_CACHE alone makes OpenClaw start itself a second time with a cache of its own choosing; told that this
 *   has happened already, it takes ours, which all bots of the version share.
 */
export function gatewayEnvironment(workload: Workload, folder: BotFolder, teamToken?: string): Record<string, string> {
  return {
    PATH: [dirname(workload.runtime.node), '/usr/local/bin', '/usr/bin', '/bin', folder.programs].join(':'),
    HOME: folder.home,
    TMPDIR: folder.temporary,
    LANG: 'C.UTF-8',
    NO_COLOR: '1',
    OPENCLAW_STATE_DIR: folder.state,
    OPENCLAW_CONFIG_PATH: folder.config,
    OPENCLAW_CONFIG_READONLY: '1',
    OPENCLAW_SUPERVISOR_MODE: 'external',
    OPENCLAW_SERVICE_REPAIR_POLICY: 'external',
    OPENCLAW_NO_RESPAWN: '1',
    OPENCLAW_NO_AUTO_UPDATE: '1',
    OPENCLAW_OFFLINE: '1',
    OPENCLAW_DISABLE_BONJOUR: '1',
    OPENCLAW_EXEC_SHELL_SNAPSHOT: '0',
    ...(workload.egress ? { OPENCLAW_PROXY_URL: workload.egress.proxyUrl } : {}),
    ...(teamToken === undefined ? {} : { [tokenVariable]: teamToken }),
    npm_config_offline: 'true',
    NODE_COMPILE_CACHE: workload.runtime.compileCacheDirectory,
    OPENCLAW_PACKAGED_COMPILE_CACHE_RESPAWNED: '1',
  };
}

/** The file Node runs to be OpenClaw. */
export function openclawFile(workload: Workload): string {
  return join(workload.runtime.directory, 'node_modules', 'openclaw', 'openclaw.mjs');
}

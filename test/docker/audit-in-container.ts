import { gatewayEnvironment, openclawFile } from '../../apps/supervisor/src/gateway/environment.ts';
import { botFolder } from '../../apps/supervisor/src/gateway/folder.ts';
import { securityAudit } from '../../apps/supervisor/src/testing/security-audit.ts';
import { someWorkload } from '../../packages/target/src/testing/some-workload.ts';
import { place } from '../../targets/docker/src/place.ts';

/** OpenClaw's own security audit as it is run in a bot's container, with all that its gateway is started with. */
export function auditInContainer(): { Cmd: string[]; Env: string[] } {
  const workload = {
    ...someWorkload({ botId: 'any', supervisor: { file: place.supervisor, version: '' } }),
    egress: undefined,
    runtime: {
      version: '',
      directory: place.openclaw,
      node: place.node,
      compileCacheDirectory: place.compileCache,
    },
  };
  const environment = Object.entries(gatewayEnvironment(workload, botFolder(place.bot)));
  return {
    Cmd: [place.node, openclawFile(workload), ...securityAudit],
    Env: environment.map(([name, value]) => `${name}=${value}`),
  };
}

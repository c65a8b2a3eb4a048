import type Docker from 'dockerode';
import { gatewayEnvironment, openclawFile } from '../../apps/supervisor/src/gateway/environment.ts';
import { botFolder, type BotFolder } from '../../apps/supervisor/src/gateway/folder.ts';
import { Workload } from '../../apps/supervisor/src/workload.ts';
import { run } from '../../targets/docker/src/testing/run.ts';
import { putFile } from '../../targets/docker/src/testing/volume.ts';
import { readFile } from '../../targets/docker/src/volume-files.ts';

/** All that is needed to start the same gateway without us. */
export type Model = { image: string; host: object; document: string; workload: Workload };

type Document = {
  secrets?: unknown;
  gateway: { port: number; auth: { token: unknown } };
  models: { providers: Record<string, { apiKey: unknown }> };
};

/** What a bot's container is made of; secrets, which its supervisor would be asked for, are words in their place. */
export async function modelOf(container: Docker.Container): Promise<Model> {
  const { Config, HostConfig } = await container.inspect();
  const document = JSON.parse((await readFile(container, 'openclaw.json')) ?? '') as Document;
  delete document.secrets;
  document.gateway.auth.token = 'by-hand';
  for (const provider of Object.values(document.models.providers)) provider.apiKey = 'by-hand';
  return {
    image: Config.Image,
    host: { ...HostConfig, NetworkMode: 'none', ExtraHosts: [], Dns: [] },
    document: JSON.stringify(document),
    workload: Workload.parse(JSON.parse((await readFile(container, 'workload.json')) ?? '')),
  };
}

/** Starts the gateway in the same container with an empty volume by the engine alone; answers the time until it was ready. */
export async function runByHand(engine: Docker, { image, host, document, workload }: Model): Promise<number> {
  const folder = botFolder('/bot');
  const name = 'clawster-bench-by-hand';
  const startedAt = performance.now();
  await engine.createVolume({ Name: name });
  const container = await engine.createContainer({
    Image: image,
    User: '1000:1000',
    Entrypoint: ['/bin/sh', '-c', shell(workload, folder)],
    Env: Object.entries(gatewayEnvironment(workload, folder)).map((pair) => pair.join('=')),
    HostConfig: { ...host, Mounts: [{ Type: 'volume', Source: name, Target: '/bot' }] },
  });
  try {
    await putFile(container, 'openclaw.json', document);
    await container.start();
    const { port } = (JSON.parse(document) as Document).gateway;
    const ask = `wget -q -O - http://127.0.0.1:${port}/readyz | grep -q '"ready":true'`;
    await run(container, `until ${ask}; do usleep 50000; done 2>/dev/null`);
    return performance.now() - startedAt;
  } finally {
    await container.remove({ force: true });
    await engine.getVolume(name).remove();
  }
}

function shell(workload: Workload, { home, state, workspace, temporary, directory }: BotFolder): string {
  const folders = [home, state, workspace, temporary, `${directory}/logs`].join(' ');
  return `mkdir -p ${folders}; cd ${workspace}; exec ${workload.runtime.node} ${openclawFile(workload)} gateway run`;
}

import type { Client } from '@clawster/client/client';
import type { Runtime } from '@clawster/contract/runtime';
import { RuntimeVersion } from '@clawster/contract/runtime';
import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { CliRefusal, exitCodes } from '../../failure.ts';

export const install = cliCommand({
  usage: 'runtime install [version]',
  summary: 'Install an OpenClaw version, the recommended one unless named, and wait for it',
  options: [['--no-wait', 'do not wait until it is installed']],
  input: z.object({ version: RuntimeVersion.optional(), wait: z.boolean() }),
  async run({ client, out, signal }, { version, wait }) {
    const asked = version ?? (await recommended(client));
    let runtime = await client.runtimes.install({ version: asked }, { signal });
    for (let told = ''; wait && runtime.phase === 'installing';) {
      const line = `${runtime.message}${runtime.progress === undefined ? '' : ` (${Math.round(runtime.progress * 100)} %)`}`;
      if (line !== told) out.note((told = line));
      await new Promise((resolve) => setTimeout(resolve, 500));
      runtime = await find(client, asked, signal);
    }
    if (runtime.phase === 'failed') throw new CliRefusal(runtime.message, exitCodes.trouble);
    return runtime;
  },
  show: (runtime) => `OpenClaw ${runtime.version} is ${runtime.phase}.`,
});

async function recommended(client: Client): Promise<string> {
  const version = (await client.runtimes.list()).items.find((runtime) => runtime.recommended)?.version;
  if (!version) throw new CliRefusal('No version is recommended; name one from: clawster runtime list');
  return version;
}

async function find(client: Client, version: string, signal: AbortSignal): Promise<Runtime> {
  const runtime = (await client.runtimes.list({}, { signal })).items.find((one) => one.version === version);
  if (!runtime) throw new CliRefusal(`OpenClaw ${version} is no longer in the list. See: clawster runtime list`);
  return runtime;
}

import { type Ran, testCli } from '../../../apps/cli/src/testing/cli.ts';
import { parseConfig } from '../../../apps/server/src/config.ts';
import { createLog } from '../../../apps/server/src/log.ts';
import { startServer } from '../../../apps/server/src/start-server.ts';
import { type SharedInstallation, sharedInstallation } from '../../../apps/server/src/testing/shared-database.ts';

export type CliWithServer = {
  shared: SharedInstallation;
  run(argv: string[], options?: { stdin?: string }): Promise<Ran>;
  /** What a command that must succeed prints for people. */
  told(argv: string[], options?: { stdin?: string }): Promise<string>;
  /** What it prints for programs. */
  json<T = Record<string, unknown>>(argv: string[], options?: { stdin?: string }): Promise<T>;
  close(): Promise<void>;
};

/** The command line, signed in as the owner at a whole server of its own, where bots of the target `Imagined` are stand-ins that come up. */
export async function cliWithServer(): Promise<CliWithServer> {
  const shared = await sharedInstallation();
  const server = await startServer(parseConfig(await shared.environment('told')), createLog('silent'));
  await shared.signUp(server.url, server.setupToken ?? '');
  await shared.client(server.url).targets.create({ name: 'Imagined', kind: 'stand-in' });
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: shared.apiKey() });
  const told: CliWithServer['told'] = async (argv, options) => {
    const { code, stdout, stderr } = await cli.run(argv, options);
    if (code !== 0) throw new Error(`clawster ${argv.join(' ')} ended with ${code}: ${stderr}`);
    return stdout;
  };
  return {
    shared,
    run: cli.run,
    told,
    json: async <T>(argv: string[], options?: { stdin?: string }) =>
      JSON.parse(await told([...argv, '--json'], options)) as T,
    async close() {
      await cli.remove();
      await server.stop();
      await shared.close();
    },
  };
}

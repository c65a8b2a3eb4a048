import { onTestFinished } from 'vitest';
import { testCli } from './cli.ts';
import { contractServer, type Handlers } from './server.ts';

/** A command line that is signed in at a server which answers so; both are gone when the test is over. */
export async function cliAt(handlers: Handlers) {
  const server = await contractServer(handlers);
  const cli = await testCli({ CLAWSTER_URL: server.url, CLAWSTER_API_KEY: 'key-1' });
  onTestFinished(async () => {
    server.close();
    await cli.remove();
  });
  return { ...cli, server };
}

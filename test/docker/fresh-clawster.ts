import type { Client } from '@clawster/client/client';
import type { StandIns } from '../../apps/server/src/build-plane.ts';
import { parseConfig } from '../../apps/server/src/config.ts';
import { createLog } from '../../apps/server/src/log.ts';
import { type RunningServer, startServer } from '../../apps/server/src/start-server.ts';
import { sharedInstallation, type SharedInstallation } from '../../apps/server/src/testing/shared-database.ts';
import { runtimesDirectory } from '../support/shared-runtimes.ts';

export type FreshClawster = { shared: SharedInstallation; server: RunningServer; client: Client };

type Options = { runtimes?: string; standIns?: StandIns; more?: Record<string, string> };

/** A Clawster that was just set up, with a database of its own; `more` are settings of its environment. */
export async function freshClawster({ runtimes, standIns, more }: Options = {}): Promise<FreshClawster> {
  const shared = await sharedInstallation();
  // Test databases are copies of one, and a Clawster that is set up has an id that no other has.
  await shared.database.rows('update installation set id = gen_random_uuid()');
  const environment = await shared.environment('docker', {
    CLAWSTER_RUNTIMES_DIR: runtimes ?? runtimesDirectory,
    ...more,
  });
  const server = await startServer(parseConfig(environment), createLog('silent'), standIns);
  await shared.signUp(server.url, server.setupToken ?? '');
  return { shared, server, client: shared.client(server.url) };
}

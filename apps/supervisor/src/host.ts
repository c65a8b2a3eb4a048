import type { BotFolder } from './gateway/folder.ts';
import type { Log } from './host/log.ts';
import type { ModelGateway } from './model-gateway/model-gateway.ts';
import type { Secrets } from './secrets.ts';
import type { Spool } from './telemetry/spool.ts';
import type { Status } from './status.ts';
import type { Workload } from './workload.ts';

/** What the parts of one supervisor share. */
export type Host = {
  workload: Workload;
  folder: BotFolder;
  log: Log;
  status: Status;
  spool: Spool;
  secrets: Secrets;
  /** Secrets made here, such as the virtual model key: they are no business of the control plane. */
  ownSecrets: Record<string, string>;
  modelGateway: ModelGateway;
};

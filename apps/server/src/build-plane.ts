import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { copyOf } from '@clawster/control-plane/installation/installation.queries';
import { openForwardingKey } from '@clawster/control-plane/replica/forwarding-key';
import { sharedTimeMs } from '@clawster/control-plane/replica/presence';
import { whyNotOpenSecrets } from '@clawster/control-plane/secret/check-keys';
import { openKeys } from '@clawster/control-plane/secret/open-keys';
import { openSources } from '@clawster/control-plane/secret/source/secret-sources';
import { readTargetKey } from '@clawster/control-plane/target/target-key';
import { embeddedFolder } from '@clawster/database/embedded-place';
import { openRuntimeStore } from '@clawster/runtime/open-store';
import type { Logger } from 'pino';
import { type Config, keyFile } from './config.ts';
import { type Credentials, replicaCredentials } from './forward/credential.ts';
import { forwardLinks } from './forward/forward-links.ts';
import { linkDirectory } from './link/link-socket.ts';
import { createLiveLinks, type LiveLinks } from './link/live-links.ts';
import { StartTrouble } from './server-file.ts';
import type { RunningDatabase } from './start-database.ts';
import { targetConnections } from './target-connections.ts';
import { version } from './version.ts';

/** What a test puts in place of real hosts and installations. */
export type StandIns = Partial<Pick<ControlPlane, 'connectTarget' | 'startsAtOnceMax' | 'runtimes'>>;
type Parts = { log: Logger; database: RunningDatabase; wake: ControlPlane['wake']; standIns: StandIns };
/** The control plane of this process, the links that end here, and how it knows other replicas. */
export type BuiltPlane = { plane: ControlPlane; links: LiveLinks; credentials: Credentials };

/** Puts the control plane together; refuses, in a sentence, when its secrets cannot be opened. */
export async function buildPlane(config: Config, { log, database, wake, standIns }: Parts): Promise<BuiltPlane> {
  const { db } = database;
  const keys = await openKeys(config.keys, keyFile(config));
  const locked = await whyNotOpenSecrets({ db, keys });
  if (locked) throw new StartTrouble(`${locked}${whereKeyBelongs(config)}`);
  const settings: ControlPlane['settings'] = {
    replica: `${hostname()}:${process.pid}:${randomBytes(4).toString('hex')}`,
    version,
    controlPlaneUrl: config.publicUrl ?? localUrl(config, config.port),
    internalUrl: config.internalUrl ?? localUrl(config, config.port),
    reconciles: config.roles.has('loops'),
    supervisorFile,
    backupsDirectory: join(config.dataDirectory, 'backups'),
    checkpointsDirectory: config.checkpointsDirectory,
    ownFiles: await ownFiles(config),
    keepDays: config.keepDays,
    allowPrivateAddresses: config.allowPrivateAddresses,
  };
  const links = createLiveLinks();
  const credentials = replicaCredentials(await openForwardingKey({ db, keys }), {
    id: settings.replica,
    nowMs: () => sharedTimeMs({ db }),
  });
  const tell: ControlPlane['log'] = (level, message, fields = {}) => log[level](fields, message);
  const plane: ControlPlane = {
    db,
    keys,
    sources: openSources(config.sources, { allowPrivate: config.allowPrivateAddresses }),
    links: forwardLinks({ db, settings, log: tell }, links, credentials),
    ...targetConnections({
      dataDirectory: config.dataDirectory,
      installation: (await copyOf({ db })).id,
      linkDirectory: config.roles.has('link') ? (config.linkVolume ?? linkDirectory(config.dataDirectory)) : undefined,
      egressFile,
      keyOf: (targetId) => readTargetKey({ db, keys }, targetId),
    }),
    runtimes: openRuntimeStore({ directory: config.runtimesDirectory }),
    ...standIns,
    settings,
    wake,
    log: tell,
  };
  return { plane, links, credentials };
}

function whereKeyBelongs(config: Config): string {
  return config.keys.current.kind === 'file' ? ` It belongs at ${keyFile(config)}` : '';
}

const built = (file: string) => fileURLToPath(new URL(`../../${file}`, import.meta.url));
const supervisorFile = built('supervisor/dist/supervisor.mjs');
const egressFile = built('egress/dist/egress.mjs');

/** Bots have their own supervisors to look after their folders; what is installed comes from elsewhere as it is. */
async function ownFiles({ dataDirectory, checkpointsDirectory, runtimesDirectory }: Config) {
  return {
    folders: [dataDirectory, checkpointsDirectory, dirname(supervisorFile)],
    except: [join(dataDirectory, 'bots'), runtimesDirectory],
    databaseFolder: await embeddedFolder(dataDirectory),
  };
}

export function localUrl({ host }: Config, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

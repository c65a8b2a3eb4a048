import { randomBytes } from 'node:crypto';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { keyWrapper } from '@clawster/control-plane/secret/key-wrapper';
import type { Db } from '@clawster/database/open';

/** A control plane of which every bot is linked, runs, and needs nothing; whoever asks something of one fails. Tells which bot it looks at. */
export function quietPlane(db: Db, onLook: (botId: string) => void): ControlPlane {
  const never = async (): Promise<never> => {
    throw new Error('A bot that needs nothing was asked for something');
  };
  return {
    db,
    keys: keyWrapper(randomBytes(32)),
    sources: { read: never },
    links: {
      request: never,
      close: never,
      haltElsewhere: never,
      held: () => [],
      holds: () => true,
      heldOf: () => [],
      giveUp: () => undefined,
    },
    connectTarget: async () => ({
      probe: never,
      inspect: async (botId) => {
        onLook(botId);
        return { state: 'running', generation: 1 };
      },
      apply: never,
      stop: never,
      remove: never,
    }),
    startsAtOnceMax: () => 1,
    runtimes: {
      installed: never,
      install: never,
      pluginDirectory: () => '/nowhere',
      hasPlugin: never,
      addPlugin: never,
    },
    settings: {
      replica: 'bench',
      internalUrl: 'http://127.0.0.1:9',
      reconciles: true,
      version: '0',
      controlPlaneUrl: 'http://127.0.0.1:9',
      supervisorFile: '/nowhere',
      backupsDirectory: '/nowhere',
      checkpointsDirectory: '/nowhere',
      ownFiles: { folders: [], except: [], databaseFolder: '/nowhere' },
      keepDays: { spans: 90, usageHours: 400 },
      allowPrivateAddresses: true,
    },
    wake: () => undefined,
    log: (level, message, fields) => {
      if (level !== 'info') throw new Error(`${message}: ${JSON.stringify(fields)}`);
    },
  };
}

import type { RuntimeStore } from './store.ts';

export type StoreOptions = {
  /** Holds the installed versions, the Node they run with, and what downloads left for the next try. */
  directory: string;
  /** Settings of registry, proxy and certificates are read from here as npm and pnpm do. */
  environment?: NodeJS.ProcessEnv;
  /** One folder a version, with `package.json` and `pnpm-lock.yaml`; the versions shipped with Clawster by default. */
  locksDirectory?: string;
};

/** Opens the OpenClaw versions kept in a folder, shared with every process that opens it. */
export function openRuntimeStore(options: StoreOptions): RuntimeStore {
  throw new Error(`Not built yet: ${options.directory}`);
}

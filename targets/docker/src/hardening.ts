import type { HostConfig } from 'dockerode';

/** What a container may take of its machine. */
export type Limits = { memoryBytes: number; processes: number; cpus: number };

/**
 * What every container of ours is bound by, whatever runs in it: nothing of the host, no more rights than it begins
 * with, no place to write but its volume and a small `/tmp` that nothing can be started from, and an end to all it takes.
 */
export function hardened({ memoryBytes, processes, cpus }: Limits): HostConfig {
  return {
    ReadonlyRootfs: true,
    Privileged: false,
    CapDrop: ['ALL'],
    // The engine's own seccomp profile holds as none is named here.
    SecurityOpt: ['no-new-privileges:true'],
    PidsLimit: processes,
    Memory: memoryBytes,
    // The same: none of it is swapped out.
    MemorySwap: memoryBytes,
    NanoCpus: Math.round(cpus * 1e9),
    Tmpfs: { '/tmp': 'rw,nosuid,nodev,noexec,size=67108864,mode=1777' },
    LogConfig: { Type: 'json-file', Config: { 'max-size': '5m', 'max-file': '2' } },
    // Ends what was left behind by what it was started by.
    Init: true,
    IpcMode: 'private',
    PublishAllPorts: false,
    // Whether a bot runs is decided by who may: an engine that starts one by itself would bring back what was stopped.
    RestartPolicy: { Name: 'no' },
  };
}

import type { ContainerSpec, ContainerTaskSpec } from 'dockerode';
import { hardened, type Limits } from '../hardening.ts';
import { user } from '../place.ts';

/** What a task is made of beside its bounds. */
type TaskParts = Pick<ContainerTaskSpec, 'Networks'> & {
  node: { id: string };
  limits: Limits;
  container: Pick<ContainerSpec, 'Image' | 'Command' | 'Args' | 'Labels'> & Partial<ContainerSpec>;
};

/**
 * A task bound as the containers of an engine of one's own are, as far as a Swarm can say it. Its node is the one its
 * volume lies on, and it is started once: a Swarm that starts one by itself would bring back what was stopped.
 */
export function hardenedTask({ node, limits, container, Networks }: TaskParts): ContainerTaskSpec {
  const { CapDrop, ReadonlyRootfs, Init, LogConfig } = hardened(limits);
  const { Mounts = [], ...rest } = container;
  return {
    ContainerSpec: {
      User: `${user.uid}:${user.gid}`,
      ReadOnly: ReadonlyRootfs,
      Init,
      // 20.10 and newer.
      CapabilityDrop: CapDrop,
      // Engines of before 25 pass it over: set it in their daemon.json.
      Privileges: { NoNewPrivileges: true },
      DNSConfig: { Nameservers: ['127.0.0.1'] },
      // What nobody says otherwise is mounted noexec, nosuid and nodev.
      Mounts: [{ Type: 'tmpfs', Target: '/tmp', TmpfsOptions: { SizeBytes: 67_108_864, Mode: 0o1777 } }, ...Mounts],
      ...rest,
    } as ContainerSpec,
    Resources: {
      Limits: { MemoryBytes: limits.memoryBytes, NanoCPUs: Math.round(limits.cpus * 1e9), Pids: limits.processes },
    } as ContainerTaskSpec['Resources'],
    LogDriver: { Name: LogConfig?.Type, Options: LogConfig?.Config },
    Placement: { Constraints: [`node.id==${node.id}`] },
    RestartPolicy: { Condition: 'none' },
    Networks: Networks ?? [],
  };
}

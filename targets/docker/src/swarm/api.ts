import type Docker from 'dockerode';
import type { ServiceSpec } from 'dockerode';

/** What is read of a Swarm's objects; the client's own types lack most of it. */
export type SwarmNode = {
  ID: string;
  UpdatedAt: string;
  Spec: { Availability: 'active' | 'pause' | 'drain'; Labels?: Record<string, string> };
  Description: {
    Hostname: string;
    Platform: { Architecture: string; OS: string };
    Resources: { MemoryBytes: number };
    Engine: { EngineVersion: string };
  };
  Status: { State: 'unknown' | 'down' | 'ready' | 'disconnected' };
};

export type SwarmTask = {
  ID: string;
  CreatedAt: string;
  NodeID?: string;
  DesiredState: string;
  Status: { State: string; Err?: string; ContainerStatus?: { ExitCode?: number } };
};

export type SwarmService = { ID: string; CreatedAt: string; Version: { Index: number }; Spec: ServiceSpec };

/** The states that a node reports of a task whose process is no more, and that of one whose node is no more. */
const over = ['complete', 'shutdown', 'failed', 'rejected', 'orphaned'];

/** Whether nothing of the task runs any more. */
export const isOver = (task: SwarmTask): boolean => over.includes(task.Status.State);

/** The service's tasks, the newest first. */
export async function tasksOf(engine: Docker, serviceId: string): Promise<SwarmTask[]> {
  const tasks = (await engine.listTasks({ filters: { service: [serviceId] } })) as SwarmTask[];
  return tasks.toSorted((a, b) => b.CreatedAt.localeCompare(a.CreatedAt));
}

/** Services that bear these labels. */
export async function servicesWith(engine: Docker, filters: { label: string[] }): Promise<SwarmService[]> {
  return (await engine.listServices({ filters })) as unknown as SwarmService[];
}

/** Changes a service as it was when it was read: one that somebody changed since is left as it is, and this throws. */
export async function updateService(engine: Docker, { ID, Version }: SwarmService, spec: ServiceSpec): Promise<void> {
  await engine.getService(ID).update({ _query: { version: Version.Index }, _body: spec });
}

/** How many copies of it should run. */
export const replicasOf = ({ Spec }: SwarmService): number => Spec.Mode?.Replicated?.Replicas ?? 0;

export const replicas = (count: 0 | 1): ServiceSpec['Mode'] => ({ Replicated: { Replicas: count } });

/** Whether another process came first: what was decided is to be decided anew, by what is now. */
export function isOvertaken(error: unknown): boolean {
  return (
    error instanceof Error &&
    /out of sequence|name conflicts with an existing object|(secret|network \S+) not found/.test(error.message)
  );
}

import type { Operation, OperationPhase } from '@clawster/contract/operation';
import { advanceOperations } from '@clawster/control-plane/operation/advance-operations';
import { getOperation } from '@clawster/control-plane/operation/get-operation';
import { addTarget, pretend } from '@clawster/control-plane/testing';
import type { TestInstallation } from './test-installation.ts';

/** Longer than any operation on stand-ins takes on a busy machine; real bots need minutes to be ready. */
const untilMs = 240_000;

/** The target on the other machine. */
export function otherTarget({ plane, caller }: TestInstallation): Promise<string> {
  return addTarget(plane, caller.workspaceId, { name: 'Other machine', kind: 'stand-in', settings: { other: true } });
}

/** Waits until the operation is over, and fails when it did not end as expected. */
export async function untilOver(
  { plane, caller }: TestInstallation,
  { id }: { id: string },
  phase: OperationPhase = 'done',
): Promise<Operation> {
  const deadline = Date.now() + untilMs;
  for (;;) {
    const operation = await getOperation(plane, caller, { operationId: id });
    if (operation.phase === phase) return operation;
    if (operation.endedAt || Date.now() > deadline)
      throw new Error(`The operation is not ${phase} but ${operation.phase}: ${operation.reason}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Carries an operation out with workers that are killed before and after every step, each once; tells where they were. */
export async function advanceWithKills(installation: TestInstallation, { id }: { id: string }): Promise<string[]> {
  const killed: string[] = [];
  const deadline = Date.now() + untilMs;
  for (let worker = 0; Date.now() < deadline; worker += 1) {
    await pretend.operationLeaseEnded(installation.plane);
    await advanceOperations(installation.replica(`worker-${worker}`), new AbortController().signal, (_, step, when) => {
      const point = `${when} ${step}`;
      if (killed.includes(point)) return;
      killed.push(point);
      throw new Error(`killed ${point}`);
    });
    const operation = await getOperation(installation.plane, installation.caller, { operationId: id });
    if (operation.endedAt) return killed;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The operation did not end; workers were killed ${killed.join(', ')}`);
}

/** Fails the test the moment a bot would run in two places. */
export function neverTwice({ host, otherHost }: TestInstallation): { seen: string[] } {
  const eyes = { seen: [] as string[] };
  host.onApply = (botId) => {
    if (otherHost.isRunning(botId)) eyes.seen.push(`${botId} was started here while it ran on the other machine`);
  };
  otherHost.onApply = (botId) => {
    if (host.isRunning(botId)) eyes.seen.push(`${botId} was started on the other machine while it ran here`);
  };
  return eyes;
}

import { relative, resolve } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const root = resolve(import.meta.dirname, '../..');

/** What takes longest of its kind, in seconds beside others on two cores, where the size of the file does not say so. */
const secondsOf: Record<string, number> = {
  'apps/dashboard/test/accessibility.test.ts': 320,
  'apps/server/src/link/backup.real.test.ts': 197,
  'apps/server/src/robustness.test.ts': 42,
  'apps/server/src/http/guessing.test.ts': 40,
  'apps/supervisor/src/built-in-templates.real.test.ts': 125,
  'apps/supervisor/src/channels/plugins.real.test.ts': 166,
  'apps/supervisor/src/channels/telegram.real.test.ts': 224,
  'apps/supervisor/src/drift/drift.test.ts': 45,
  'apps/supervisor/src/link/bad-link.test.ts': 44,
  'apps/supervisor/src/model-gateway/model-gateway.real.test.ts': 130,
  'apps/supervisor/src/openclaw-schema.real.test.ts': 172,
  'apps/supervisor/src/supervisor.real.test.ts': 195,
  'apps/supervisor/src/telemetry/ledger.real.test.ts': 282,
  'targets/docker/src/docker.docker.test.ts': 90,
  'test/browser/hostile-texts.test.ts': 75,
  'test/docker/compose.docker.test.ts': 300,
  'test/docker/faults.docker.test.ts': 230,
  'test/docker/real-bot.docker.test.ts': 430,
  'test/docker/wizard.docker.test.ts': 120,
  'test/end-to-end/activity.e2e.ts': 102,
  'test/end-to-end/configuration.e2e.ts': 66,
  'test/end-to-end/secrets.e2e.ts': 137,
  'test/faults/budget-burst.fault.ts': 266,
  'test/faults/host-killed.fault.ts': 87,
  'test/faults/partition.fault.ts': 132,
  'test/faults/postgres-away.fault.ts': 106,
  'test/faults/rotation-killed.fault.ts': 59,
  'test/faults/server-killed.fault.ts': 92,
};

/** Begins with what takes longest, so that no worker is left alone with it while the others have nothing to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    const seconds = ({ moduleId }: TestSpecification) => secondsOf[relative(root, moduleId)] ?? 0;
    return (await super.sort(files)).toSorted((a, b) => group(a) - group(b) || seconds(b) - seconds(a));
  }
}

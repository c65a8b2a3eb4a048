import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { whyNotDeploy } from '@clawster/runtime/versions';
import { command } from '../command.ts';
import { wantRuntime } from './request-runtime.ts';
import { getRuntimes } from './runtime.queries.ts';

/** Wants a version installed; the loop does it, once for all bots. */
export const installRuntime = command(api.runtimes.install, async ({ tx, record }, { version }) => {
  const reason = whyNotDeploy(version);
  if (reason) throw new Refusal('refused', reason);
  const changed = await wantRuntime(tx, version);
  await record({ type: 'runtime-requested', subjectName: version, detail: { version, already: !changed } });
  const [runtime] = await getRuntimes(tx, [version]);
  if (!runtime) throw new Error('A runtime that was just requested is not listed');
  return runtime;
});

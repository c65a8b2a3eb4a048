import { Refusal } from '@clawster/domain/refusal';
import type { OthersBots } from '@clawster/target/target';
import { systemQuery } from '../../query.ts';
import { withDeadline } from '../../reconcile/observe.ts';
import { markAbsent, requestRuntime } from '../../runtime/request-runtime.ts';
import { AdoptedOrphan } from '../operation.queries.ts';
import { botOf, connectPlace, type OperatedBot, toolsFor } from '../place.ts';
import type { StepOutcome, Work } from '../take-step.ts';
import { unlessStalled } from '../unless-stalled.ts';

const targetMs = 60_000;
const runtimeMs = 2_000;

/** What runs for a Clawster that is gone has keys in its memory and answers people: it ends before it is copied. */
export async function haltOrphan(work: Work): Promise<StepOutcome> {
  const { theirs, orphan } = await sides(work);
  await withDeadline(theirs.stop(orphan.botId), targetMs);
  return {};
}

/** From the volume of the other Clawster into one of ours; theirs stays as it is. */
export async function copyOrphan(work: Work): Promise<StepOutcome> {
  const { to, theirs, orphan, bot } = await sides(work);
  const { runtimeVersion } = bot.spec;
  if (to.needsRuntime && !(await work.plane.runtimes.installed(runtimeVersion))) {
    await installRuntime(work.plane, bot);
    return { waitMs: runtimeMs, detail: `OpenClaw ${runtimeVersion} is being installed` };
  }
  const tools = await toolsFor(work.plane, to, bot.spec);
  const archive = unlessStalled(await theirs.exportState(orphan.botId, tools), work.signal);
  await to.importState(bot.id, archive, tools).finally(() => archive.destroy());
  return {};
}

/** A Clawster that was just set up has no OpenClaw yet. */
async function installRuntime(plane: Work['plane'], { spec, workspaceId }: OperatedBot): Promise<void> {
  const version = spec.runtimeVersion;
  const known = await systemQuery(plane, (tx) =>
    tx.selectFrom('runtime').select('phase').where('version', '=', version).executeTakeFirst(),
  );
  if (known?.phase === 'installing') return;
  await markAbsent(plane, version);
  await requestRuntime(plane, version, { workspaceId, job: 'advance-operations' });
}

async function sides({ plane, operation }: Work) {
  const { workspaceId, botId } = operation;
  const orphan = AdoptedOrphan.parse(operation.orphan);
  const bot = await botOf(plane, workspaceId, botId);
  const to = await connectPlace(plane, workspaceId, bot.targetId);
  const theirs: OthersBots | undefined = to.of?.(orphan.installation);
  if (!theirs) throw new Refusal('refused', `${to.name} has no bots of other Clawsters`);
  return { to, theirs, orphan, bot };
}

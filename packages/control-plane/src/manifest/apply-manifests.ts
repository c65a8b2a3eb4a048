import { api } from '@clawster/contract/api';
import type { Permission } from '@clawster/contract/permission';
import type { PlannedStep } from '@clawster/domain/manifest/plan';
import { Refusal } from '@clawster/domain/refusal';
import type { SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import { lockLayers } from '../configuration/layer-store.ts';
import { carryOutBot } from './carry-out-bot.ts';
import { carryOutLayer } from './carry-out-layer.ts';
import { carryOutTeam } from './carry-out-team.ts';
import { planFor, told } from './plan-manifests.ts';

/**
 * Makes the workspace as files say, in one transaction: all of it, or with the first refusal nothing. With the id of a
 * plan it does just that plan, and refuses when the workspace has changed since.
 */
export const applyManifests = command(api.manifests.apply, async (context, { items, prune, planId }) => {
  const { tx, caller, record } = context;
  await lockLayers(tx, caller.workspaceId, 'change');
  const planned = await planFor(tx, caller.workspaceId, { items, prune });
  const plan = told(planned);
  if (planId !== undefined && planId !== plan.id)
    throw new Refusal(
      'conflict',
      'The workspace has changed since this was planned: plan it again, and look at what is new',
    );
  refuseUnlessMay(caller, planned.steps);
  for (const step of planned.steps) await naming(step, () => carryOutOf(step)(context, step));
  const count = (what: PlannedStep['do']) => plan.steps.filter((step) => step.do === what).length;
  await record({
    type: 'manifest-applied',
    detail: { created: count('create'), updated: count('update'), deleted: count('delete'), unchanged: plan.unchanged },
  });
  return plan;
});

function carryOutOf({ kind }: PlannedStep) {
  if (kind === 'Team') return carryOutTeam;
  return kind === 'Bot' ? carryOutBot : carryOutLayer;
}

/** Of many files it is said whose fault it is. */
async function naming(step: PlannedStep, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    throw new Refusal(error.code, `${step.kind} "${step.name}": ${error.message}`, {
      issues: error.issues ?? [],
      cause: error,
    });
  }
}

const needed: Record<PlannedStep['kind'], Record<PlannedStep['do'], Permission[]>> = {
  Skill: { create: ['skill:manage'], update: ['skill:manage'], delete: ['skill:manage'] },
  Template: { create: ['template:manage'], update: ['template:manage'], delete: ['template:manage'] },
  Profile: { create: ['profile:manage'], update: ['profile:manage'], delete: ['profile:manage'] },
  Overlay: { create: ['overlay:manage'], update: ['overlay:manage'], delete: ['overlay:manage'] },
  Team: { create: ['team:manage'], update: ['team:manage'], delete: ['team:manage'] },
  Bot: { create: ['bot:create'], update: ['bot:update', 'bot:operate'], delete: ['bot:destroy'] },
};

/** What files ask for takes the same permissions as asking for it one by one. */
function refuseUnlessMay({ permissions }: SignedIn, steps: readonly PlannedStep[]): void {
  for (const step of steps) {
    const relabels =
      step.kind === 'Bot' && step.do === 'update' && step.changes.some(({ path }) => path.startsWith('labels'));
    const lacking = [...needed[step.kind][step.do], ...(relabels ? (['bot:label'] as const) : [])].filter(
      (one) => !permissions.has(one),
    );
    if (lacking.length > 0)
      throw new Refusal(
        'forbidden',
        `To ${step.do} the ${step.kind} "${step.name}" takes the permission ${lacking.join(', ')}`,
      );
  }
}

import type { UpdateBot } from '@clawster/contract/bot';
import type { DriftPolicy } from '@clawster/contract/drift';
import type { UseFormReturn } from 'react-hook-form';
import { Choice } from '../../../ui/choice.tsx';

/** What becomes of changes on the bot's host, in a few words and in a sentence. */
export const driftWords: Record<DriftPolicy, { title: string; sentence: string }> = {
  revert: {
    title: 'Put back at once',
    sentence: 'Clawster writes its own again within seconds, and tells what was changed.',
  },
  report: {
    title: 'Left until someone decides',
    sentence: 'The bot is degraded and shows what was changed, until someone puts it back or adopts it.',
  },
};

const policies = Object.keys(driftWords) as DriftPolicy[];

/** What becomes of changes that somebody else makes on the host. */
export function DriftField({ form }: { form: Pick<UseFormReturn<UpdateBot>, 'watch' | 'setValue'> }) {
  const chosen = form.watch('drift');
  return (
    <fieldset className="space-y-2 sm:col-span-2">
      <legend className="mb-1 text-sm font-medium">When its configuration is changed on its host</legend>
      {policies.map((policy) => (
        <Choice
          key={policy}
          name="drift"
          value={policy}
          checked={policy === chosen}
          onChoose={() => form.setValue('drift', policy, { shouldDirty: true })}
          title={driftWords[policy].title}
        >
          {driftWords[policy].sentence}
        </Choice>
      ))}
    </fieldset>
  );
}

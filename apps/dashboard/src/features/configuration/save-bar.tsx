import type { Bot } from '@clawster/contract/bot';
import type { LayerIssue, ProposedChange } from '@clawster/contract/configuration';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { useWhyNot } from '../bot/use-why-not.ts';
import type { SettingsDraft } from './settings-draft.ts';
import { hasField } from './use-preview.ts';

type SaveBarProps = {
  bot: Bot;
  draft: SettingsDraft;
  proposed: ProposedChange | undefined;
  issues: readonly LayerIssue[];
  onDiscard: () => void;
  onReview: () => void;
};

/** Stays in sight while something is not saved; what no field can say is said here. */
export function SaveBar({ bot, draft, proposed, issues, onDiscard, onReview }: SaveBarProps) {
  const unable = useWhyNot()('update', bot);
  if (!proposed && !draft.rawTrouble) return null;
  const elsewhere = issues.filter(({ path }) => !hasField(path));
  const whyNot = unable ?? draft.rawTrouble ?? (issues.length > 0 ? issues[0]?.message : undefined);
  return (
    <div
      role="region"
      aria-label="Changes that are not saved"
      className="sticky bottom-0 -mx-4 space-y-2 border-t border-line bg-raised px-4 py-2.5 sm:-mx-6 sm:px-6"
    >
      {elsewhere.map(({ path, message }) => (
        <FormProblem key={path + message} message={message} />
      ))}
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto text-sm text-muted">{whyNot ?? 'Not saved yet.'}</span>
        <Button look="quiet" onClick={onDiscard}>
          Discard
        </Button>
        <Button look="primary" whyNot={whyNot} onClick={onReview}>
          Review and save…
        </Button>
      </div>
    </div>
  );
}

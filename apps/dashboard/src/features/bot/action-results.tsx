import { CheckCircle2, X, XCircle } from 'lucide-react';
import { count } from '../../lib/time.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import type { Result } from './act-on-all.ts';

type ActionResultsProps = {
  participle: string;
  results: Result[];
  /** Does it once more with those that failed. */
  onRetry?: (() => void) | undefined;
  retrying?: boolean;
  onClose?: () => void;
};

/** A result for each bot: one that fails never hides in a sum. */
export function ActionResults(props: ActionResultsProps) {
  const { participle, results, onRetry, retrying = false, onClose } = props;
  const failed = results.filter((result) => result.trouble).length;
  return (
    <div role="status">
      <div className="flex min-h-8 flex-wrap items-center justify-between gap-x-4 text-sm font-medium">
        {failed === 0
          ? `${count(results.length, 'bot')} ${participle}.`
          : `${results.length - failed} of ${count(results.length, 'bot')} ${participle}; ${failed} not.`}
        <span className="flex items-center gap-2">
          {onRetry && failed > 0 ? (
            <Button busy={retrying} onClick={onRetry}>
              Try the failed ones again
            </Button>
          ) : null}
          {onClose ? (
            <IconButton label="Close the results" onClick={onClose}>
              <X />
            </IconButton>
          ) : null}
        </span>
      </div>
      <ul className="max-h-40 overflow-y-auto text-sm" tabIndex={0} aria-label="Result for each bot">
        {results.map(({ botId, name, trouble }) => (
          <li key={botId} className="flex items-start gap-2 py-0.5">
            {trouble ? (
              <XCircle role="img" aria-label="Not done:" className="mt-0.5 size-4 shrink-0 text-bad" />
            ) : (
              <CheckCircle2 role="img" aria-label="Done:" className="mt-0.5 size-4 shrink-0 text-ok" />
            )}
            <span className="min-w-0 flex-1 break-words">
              <span className="font-medium">{name}</span> <span className="text-muted">{trouble ?? participle}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

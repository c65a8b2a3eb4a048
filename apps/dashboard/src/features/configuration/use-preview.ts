import { ProblemError } from '@clawster/client/problem-error';
import type { LayerIssue, Impact, ProposedChange } from '@clawster/contract/configuration';
import { useQuery } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';

/**
 * What a change would bring about; asked again when the change is another, and not when something happens in the fleet:
 * it is looked at for a moment, and the server checks again when it is made.
 */
export function usePreview(proposed: ProposedChange | undefined, limit = 50) {
  return useQuery<Impact>({
    queryKey: ['preview', proposed, limit],
    queryFn: ({ signal }) => client.configurations.preview({ proposed: proposed as ProposedChange, limit }, { signal }),
    enabled: proposed !== undefined,
    staleTime: 0,
    gcTime: 30_000,
  });
}

/** What is wrong with a change, wherever it was found: by the rules that refuse it whole, or by a bot that could not take it over. */
export function issuesOf({ data, error }: { data?: Impact | undefined; error: Error | null }): LayerIssue[] {
  if (error)
    return error instanceof ProblemError && error.issues.length > 0
      ? error.issues.map(({ path, message }) => ({ path: ownPath(path), message }))
      : [{ path: '', message: sentenceOf(error) }];
  return (data?.bots ?? []).flatMap(({ issues }) => issues.map((one) => ({ ...one, path: ownPath(one.path) })));
}

/** The path as a layer has it: `settings.openclaw.tools` and `proposed.change.settings.openclaw.tools` are one place. */
function ownPath(path: string): string {
  return path.replace(/^(proposed\.change|content)\.?/, '').replace(/^settings\.?/, '');
}

/** Whether a field of the settings says what is wrong at this path; what has none is said beside them all. */
export function hasField(path: string): boolean {
  return /^(identity\.|skills|openclaw)/.test(path);
}

/** What is said against the value at a path, or against a part of it. */
export function issueAt(issues: readonly LayerIssue[], path: string): string | undefined {
  return issues.find((one) => one.path === path || one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`))
    ?.message;
}

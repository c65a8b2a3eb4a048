'use client';

import { lazily } from '../../../lib/lazily.tsx';
import { useHydrated } from '../../../lib/use-hydrated.ts';
import { oneOf, useUrlState } from '../../../lib/use-url-state.ts';
import { Choice } from '../../../ui/choice.tsx';
import { Page, Skeleton } from '../../../ui/page.tsx';
import { Warning } from '../../../ui/warning.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';

const waiting = <Skeleton className="h-96 w-full" />;
const TemplateForm = lazily(() => import('./template-form.tsx').then((module) => module.TemplateForm), waiting);
const BotsForm = lazily(() => import('./bots-form.tsx').then((module) => module.BotsForm), waiting);
const TeamProgress = lazily(() => import('./team-progress.tsx').then((module) => module.TeamProgress), waiting);

/** Makes a team: bots and all, of a template, or of bots there are. */
export function NewTeamPage() {
  const [params, setParams] = useUrlState();
  const isHydrated = useHydrated();
  const forbidden = useWhyForbidden('team:manage');
  const from = oneOf(['template', 'bots'], params.get('from')) ?? 'template';
  const made = params.get('team');
  return (
    <Page title="New team">
      <div className="mx-auto max-w-2xl space-y-5">
        {!isHydrated ? (
          waiting
        ) : made ? (
          <TeamProgress teamId={made} />
        ) : (
          <>
            {forbidden ? <Warning>{forbidden}</Warning> : null}
            <div role="radiogroup" aria-label="How to begin" className="grid gap-2 sm:grid-cols-2">
              <Choice
                name="from"
                value="template"
                title="From a template"
                checked={from === 'template'}
                onChoose={() => setParams({ from: 'template' })}
              >
                New bots, rules and limits in one go: all of it or nothing.
              </Choice>
              <Choice
                name="from"
                value="bots"
                title="Of bots there are"
                checked={from === 'bots'}
                onChoose={() => setParams({ from: 'bots' })}
              >
                You choose who leads and who belongs to it, and write the rules.
              </Choice>
            </div>
            {from === 'template' ? (
              <TemplateForm onDone={(team) => setParams({ team }, { push: true })} />
            ) : (
              <BotsForm />
            )}
          </>
        )}
      </div>
    </Page>
  );
}

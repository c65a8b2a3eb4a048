'use client';

import { api } from '@clawster/contract/api';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { q } from '../../../lib/query.ts';
import { oneOf, useUrlState } from '../../../lib/use-url-state.ts';
import { Page } from '../../../ui/page.tsx';
import { createWithChannels } from './create-with-channels.ts';
import { type Draft, firstDraft, type Step, steps, stepTitles } from './draft.ts';
import { IdentityStep } from './identity-step.tsx';
import { ModelStep } from './model-step.tsx';
import { ProgressStep } from './progress-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { WhereStep } from './where-step.tsx';

/** From nothing to a bot that says hello: five steps, each with a good default. */
export function CreateBotPage() {
  const [params, setParams] = useUrlState();
  const step = oneOf(steps, params.get('step')) ?? 'where';
  const botId = params.get('bot');
  const setStep = (to: Step) => setParams({ step: to }, { push: true });
  const { draft, templates, change, setDraft } = useDraft(params.get('template'));
  const create = useMutation({
    mutationFn: createWithChannels,
    onSuccess: (bot) => setParams({ bot: bot.id, step: 'progress' }, { push: true }),
    onError: () => setStep('identity'),
  });
  const shown: Step = step === 'progress' && !botId ? 'where' : step;
  const go = (to: Step) => () => setStep(to);
  return (
    <Page title="New bot">
      <div className="mx-auto max-w-2xl">
        <StepTrail current={shown} />
        <h2 className="mt-6 mb-4 text-lg font-semibold">{stepTitles[shown]}</h2>
        {shown === 'where' ? <WhereStep draft={draft} change={change} onNext={go('model')} /> : null}
        {shown === 'model' ? (
          <ModelStep draft={draft} change={change} onBack={go('where')} onNext={go('identity')} />
        ) : null}
        {shown === 'identity' ? (
          <IdentityStep
            draft={draft}
            templates={templates}
            setDraft={setDraft}
            refusal={create.variables?.name === draft.name ? create.error : null}
            onBack={go('model')}
            onNext={() => {
              create.reset();
              setStep('review');
            }}
          />
        ) : null}
        {shown === 'review' ? (
          <ReviewStep
            draft={draft}
            change={change}
            busy={create.isPending}
            onBack={go('identity')}
            onCreate={() => create.mutate(draft)}
            onEdit={setStep}
          />
        ) : null}
        {shown === 'progress' && botId ? <ProgressStep botId={botId} /> : null}
      </div>
    </Page>
  );
}

/** What was chosen, over what the wizard begins with: a template may be asked for in the address. */
function useDraft(templateId: string | null) {
  const { data, isPending } = useQuery(q(api.templates.list, {}));
  const templates = data?.items ?? [];
  const [chosen, setChosen] = useState<Partial<Draft>>({});
  return {
    /** Undefined until it is known whether there are any. */
    templates: isPending ? undefined : templates,
    draft: { ...firstDraft(templates, templateId), ...chosen },
    change: (part: Partial<Draft>) => setChosen((known) => ({ ...known, ...part })),
    /** A whole one takes the place of all that was chosen, also of a template that is let go. */
    setDraft: (next: Draft) => setChosen({ ...next, template: next.template }),
  };
}

function StepTrail({ current }: { current: Step }) {
  const at = steps.indexOf(current);
  return (
    <ol className="flex gap-1.5" aria-label={`Step ${at + 1} of ${steps.length}: ${stepTitles[current]}`}>
      {steps.map((step, index) => (
        <li key={step} aria-current={index === at ? 'step' : undefined} className="flex-1 text-xs">
          <span aria-hidden className={`mb-1.5 block h-1 rounded-full ${index <= at ? 'bg-accent' : 'bg-line'}`} />
          <span className={`hidden sm:block ${index === at ? 'font-medium' : 'text-muted'}`}>{stepTitles[step]}</span>
        </li>
      ))}
    </ol>
  );
}

'use client';

import { ProblemError } from '@clawster/client/problem-error';
import { api } from '@clawster/contract/api';
import type { TeamTemplate } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { q } from '../../../lib/query.ts';
import { sentenceOf } from '../../../lib/sentence.ts';
import { useChange } from '../../../lib/use-change.ts';
import { Button } from '../../../ui/button.tsx';
import { Chips } from '../../../ui/chips.tsx';
import { Choice } from '../../../ui/choice.tsx';
import { Field, Input } from '../../../ui/field.tsx';
import { MutationForm } from '../../../ui/mutation-form.tsx';
import { Card, Skeleton, Trouble } from '../../../ui/page.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';
import { ModelFields, useModelChoice } from './model-fields.tsx';

type Done = { onDone: (teamId: string) => void };

/** A team with all its bots, of a template. */
export function TemplateForm({ onDone }: Done) {
  const { data, error, refetch } = useQuery(q(api.teams.templates, {}));
  const [chosen, setChosen] = useState<string>();
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  if (!data) return <Skeleton className="h-96 w-full" />;
  const template = data.items.find(({ id }) => id === chosen) ?? data.items[0];
  if (!template) return <Trouble message="There is no template here. Make a team of bots there are." />;
  return (
    <>
      {data.items.length > 1 ? (
        <div role="radiogroup" aria-label="Template" className="space-y-2">
          {data.items.map(({ id, name, summary }) => (
            <Choice
              key={id}
              name="template"
              value={id}
              title={name}
              checked={id === template.id}
              onChoose={() => setChosen(id)}
            >
              {summary}
            </Choice>
          ))}
        </div>
      ) : null}
      <OfTemplate key={template.id} template={template} onDone={onDone} />
    </>
  );
}

function OfTemplate({ template, onDone }: Done & { template: TeamTemplate }) {
  const [name, setName] = useState(template.name);
  const [variables, setVariables] = useState<Record<string, string>>({});
  const [botNames, setBotNames] = useState<Record<string, string>>({});
  const model = useModelChoice();
  const forbidden = useWhyForbidden('team:manage');
  const deploy = useChange({
    call: () =>
      client.teams.deploy({
        template: template.id,
        name: name.trim(),
        connectorId: model.connectorId,
        ...(model.model ? { model: model.model } : {}),
        botNames: written(botNames),
        variables: written(variables),
      }),
    nouns: ['teams', 'bots'],
    onDone: ({ id }) => onDone(id),
  });
  /** As it will be, with what is not filled in yet under its label. */
  const filledIn = (usual: string) =>
    usual.replaceAll(/\{\{(\w+)\}\}/g, (_, key: string) => {
      const label = template.variables.find((one) => one.name === key)?.label ?? key;
      return variables[key]?.trim() || label.toLowerCase();
    });
  const missing = template.variables.find(({ name: key, default: usual }) => !variables[key]?.trim() && !usual);
  const whyNot =
    forbidden ??
    (name.trim() ? undefined : 'Name the team') ??
    (missing ? `Fill in: ${missing.label}` : undefined) ??
    (model.connectorId ? undefined : 'Choose a model');
  return (
    <MutationForm mutation={deploy} className="space-y-5">
      <Card title={template.name}>
        <div className="space-y-4">
          <p className="text-sm text-muted">{template.summary}.</p>
          <TextField label="Name of the team" maxLength={80} value={name} onChange={setName} />
          {template.variables.map(({ name: key, label, default: usual }) => (
            <TextField
              key={key}
              label={label}
              value={variables[key] ?? ''}
              {...(usual ? { placeholder: filledIn(usual) } : {})}
              onChange={(text) => setVariables({ ...variables, [key]: text })}
            />
          ))}
        </div>
      </Card>
      <Card title="Bots" flush>
        <ul className="divide-y divide-line">
          {template.members.map((member) => (
            <MemberLine
              key={member.key}
              member={member}
              value={botNames[member.key] ?? ''}
              issue={issueOf(deploy.error, `botNames.${member.key}`)}
              onChange={(text) => setBotNames({ ...botNames, [member.key]: text })}
            />
          ))}
        </ul>
      </Card>
      <Card title="Model">
        <ModelFields choice={model} />
      </Card>
      <div className="flex justify-end">
        <Button type="submit" look="primary" busy={deploy.isPending} whyNot={whyNot}>
          Make the team
        </Button>
      </div>
    </MutationForm>
  );
}

type MemberLineProps = {
  member: TeamTemplate['members'][number];
  value: string;
  issue: string | undefined;
  onChange: (text: string) => void;
};

function MemberLine({ member, value, issue, onChange }: MemberLineProps) {
  const { title, isLead, capabilities, summary, botName } = member;
  return (
    <li className="grid gap-x-6 gap-y-2 px-4 py-3 sm:grid-cols-[minmax(0,1fr)_13rem]">
      <div className="min-w-0 space-y-1">
        <p className="font-medium">
          {title}
          {isLead ? <span className="ml-2 text-sm font-normal text-muted">leads</span> : null}
        </p>
        <p className="text-sm text-muted">{summary}</p>
        <Chips words={capabilities} none="No capability" />
      </div>
      <Field label={`Name of the bot for ${title}`} error={issue}>
        {(described) => (
          <Input
            {...described}
            value={value}
            placeholder={botName}
            maxLength={40}
            spellCheck={false}
            onChange={({ target }) => onChange(target.value)}
          />
        )}
      </Field>
    </li>
  );
}

/** What was filled in: the rest is the template's. */
function written(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts)
      .map(([key, text]) => [key, text.trim()] as const)
      .filter(([, text]) => text),
  );
}

function issueOf(error: Error | null, path: string): string | undefined {
  return error instanceof ProblemError ? error.issues.find((issue) => issue.path === path)?.message : undefined;
}

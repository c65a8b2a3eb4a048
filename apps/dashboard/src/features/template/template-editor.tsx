'use client';

import { api } from '@clawster/contract/api';
import type { Document } from '@clawster/contract/document';
import type { Settings } from '@clawster/contract/settings';
import type { TemplateContent, TemplateDetail } from '@clawster/contract/template';
import { whyNotOpenclaw } from '@clawster/domain/config/settable';
import { whyNotTemplate } from '@clawster/domain/template/fill';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { client } from '../../lib/client.ts';
import { linesOf } from '../../lib/lines.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input } from '../../ui/field.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { AbilityCards } from '../configuration/ability-cards.tsx';
import { IdentityFields } from '../configuration/identity-fields.tsx';
import { LockedField } from '../configuration/layer-fields.tsx';
import { OpenedHead } from '../configuration/opened-head.tsx';
import { RawField } from '../configuration/raw-field.tsx';
import { draftOf, settingsOf, type SettingsDraft } from '../configuration/settings-draft.ts';
import { hasField, issuesOf } from '../configuration/use-preview.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { type Named, NameFields } from './name-fields.tsx';
import { VariablesField } from './variables-field.tsx';

type EditorProps = { onClose: () => void };

/** Makes a template, or gives one another version. */
export function TemplateEditor({ templateId, onClose }: EditorProps & { templateId: string | undefined }) {
  const { data, error, refetch } = useQuery({
    ...q(api.templates.get, { templateId: templateId ?? '' }),
    enabled: templateId !== undefined,
  });
  if (templateId === undefined) return <Editor template={undefined} onClose={onClose} />;
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return data ? <Editor key={data.version} template={data} onClose={onClose} /> : <Skeleton className="h-96 w-full" />;
}

type Written = {
  named: Named;
  variables: TemplateContent['variables'];
  locked: string;
  note: string;
  draft: SettingsDraft;
};

function Editor({ template, onClose }: EditorProps & { template: TemplateDetail | undefined }) {
  const [written, setWritten] = useState(() => writtenOf(template));
  const change = (part: Partial<Written>) => setWritten((known) => ({ ...known, ...part }));
  const forbidden = useWhyForbidden('template:manage');
  const save = useSave(template, written, onClose);
  const content = useDeferredValue(contentOf(written));
  const found = [...whyNotTemplate(content), ...whyNotOpenclaw((content.settings['openclaw'] ?? {}) as Document)];
  const issues = [...found, ...(save.error ? issuesOf({ error: save.error }) : [])];
  const fields = { draft: written.draft, onChange: (draft: SettingsDraft) => change({ draft }), issues };
  const unnamed = written.named.name.trim() ? undefined : 'Name the template first';
  const elsewhere = issues.filter(({ path }) => !hasField(path));
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <OpenedHead
        title={template ? `Version ${template.version + 1} of ${template.name}` : 'A new template'}
        onClose={onClose}
      >
        <Button
          type="submit"
          look="primary"
          busy={save.isPending}
          whyNot={forbidden ?? unnamed ?? written.draft.rawTrouble ?? found[0]?.message}
        >
          {template ? `Save as version ${template.version + 1}` : 'Make the template'}
        </Button>
      </OpenedHead>
      {elsewhere.map(({ path, message }) => (
        <FormProblem key={path + message} message={message} />
      ))}
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <div className="space-y-5">
          <Card title="The template">
            <div className="space-y-4">
              <NameFields named={written.named} onChange={(named) => change({ named })} />
              {template ? <NoteField note={written.note} onChange={(note) => change({ note })} /> : null}
              <LockedField value={written.locked} error={undefined} onChange={(locked) => change({ locked })} />
            </div>
          </Card>
          <Card title="Identity and purpose">
            <IdentityFields {...fields} />
          </Card>
        </div>
        <div className="space-y-5">
          <Card title="What it asks">
            <VariablesField variables={written.variables} onChange={(variables) => change({ variables })} />
          </Card>
          <AbilityCards {...fields} />
          <Card title="OpenClaw">
            <RawField {...fields} />
          </Card>
        </div>
      </div>
    </form>
  );
}

function NoteField({ note, onChange }: { note: string; onChange: (note: string) => void }) {
  return (
    <Field label="What is new" hint="Kept with the version. Its bots keep theirs until they are upgraded.">
      {(described) => (
        <Input {...described} value={note} maxLength={300} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}

function useSave(template: TemplateDetail | undefined, written: Written, onDone: () => void) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: () => {
      const asked = { ...written.named, content: contentOf(written) };
      if (!template) return client.templates.create(asked);
      return client.templates.update({ templateId: template.id, ...asked, note: written.note });
    },
    onSuccess: async (saved) => {
      onDone();
      tell(template ? `${saved.name} has version ${saved.version}.` : `The template ${saved.name} is there.`);
      await queryClient.invalidateQueries({ queryKey: ['templates'] });
    },
  });
}

function writtenOf(template: TemplateDetail | undefined): Written {
  return {
    named: { name: template?.name ?? '', summary: template?.summary ?? '' },
    variables: template?.content.variables ?? [],
    locked: (template?.content.locked ?? []).join('\n'),
    note: '',
    // A template's settings are a layer's, with variables in their texts.
    draft: draftOf((template?.content.settings ?? {}) as Settings),
  };
}

function contentOf({ variables, locked, draft }: Written): TemplateContent {
  return { variables, settings: settingsOf(draft) as Document, locked: linesOf(locked) };
}

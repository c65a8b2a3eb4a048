'use client';

import { api } from '@clawster/contract/api';
import { partsOf, pinOf } from '@clawster/domain/skill/pin';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Field, FormProblem, Input, Textarea } from '../../ui/field.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { OpenedHead } from '../configuration/opened-head.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { sayFindings } from './catalogue.ts';
import { FilesField } from './files-field.tsx';
import { filesOf, mainFile, whyNotYet, type WrittenSkill } from './written-skill.ts';

type EditorProps = { onClose: () => void };

/** Adds a skill, or a version after one that there is; what the scan found is shown at once. */
export function SkillEditor({ pin, onClose }: EditorProps & { pin: string | undefined }) {
  const { data, error, refetch } = useQuery({
    ...q(api.skills.get, partsOf(pin ?? '')),
    enabled: pin !== undefined,
  });
  if (pin === undefined) return <Editor before={undefined} onClose={onClose} />;
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  return data ? <Editor before={writtenOf(data)} onClose={onClose} /> : <Skeleton className="h-96 w-full" />;
}

function Editor({ before, onClose }: EditorProps & { before: WrittenSkill | undefined }) {
  const [written, setWritten] = useState(before ?? { name: '', text: undefined, others: {} });
  const change = (part: Partial<WrittenSkill>) => setWritten((known) => ({ ...known, ...part }));
  const forbidden = useWhyForbidden('skill:manage');
  const add = useAdd(written);
  const missing = whyNotYet(written) ?? whyTheSame(before, written);
  return (
    <form
      className="space-y-5"
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate();
      }}
    >
      <OpenedHead title={before ? `A new version of ${before.name}` : 'A new skill'} onClose={onClose}>
        <Button type="submit" look="primary" busy={add.isPending} whyNot={forbidden ?? missing}>
          {before ? 'Add the version' : 'Add the skill'}
        </Button>
      </OpenedHead>
      <FormProblem message={add.error ? sentenceOf(add.error) : undefined} />
      <p className="text-sm text-muted">
        {missing ?? 'It is scanned as it is added. Bots keep the version they have until their layers name this one.'}
      </p>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Card title="What bots are told">
          <div className="space-y-4">
            {before ? null : <NameField written={written} change={change} />}
            <MainField written={written} change={change} />
          </div>
        </Card>
        <Card title="Files of this machine">
          <FilesField written={written} onChange={setWritten} />
        </Card>
      </div>
    </form>
  );
}

type FieldProps = { written: WrittenSkill; change: (part: Partial<WrittenSkill>) => void };

function NameField({ written, change }: FieldProps) {
  return (
    <Field label="Name" hint="Small letters, digits and hyphens; the same as in the head of SKILL.md.">
      {(described) => (
        <Input
          {...described}
          value={written.name}
          maxLength={40}
          placeholder="Such as triage-requests"
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => change({ name: event.target.value })}
        />
      )}
    </Field>
  );
}

function MainField({ written, change }: FieldProps) {
  return (
    <Field
      label={mainFile}
      hint="Its head says what it is for: a bot reads that always, and the rest when it needs it. Below, in Markdown, how it is done."
    >
      {(described) => (
        <Textarea
          {...described}
          rows={18}
          className="font-mono text-xs"
          value={filesOf(written)[mainFile]}
          onChange={(event) => change({ text: event.target.value })}
        />
      )}
    </Field>
  );
}

function useAdd(written: WrittenSkill) {
  const queryClient = useQueryClient();
  const [, setOpened] = useOpened();
  return useMutation({
    mutationFn: () => client.skills.add({ name: written.name, files: filesOf(written) }),
    onSuccess: async (skill) => {
      setOpened(pinOf(skill));
      tell(
        skill.status === 'held'
          ? `${skill.name} is held back: the scan found ${sayFindings(skill.findings)}.`
          : `${skill.name} is ready to be given to bots.`,
      );
      await queryClient.invalidateQueries({ queryKey: ['skills'] });
    },
  });
}

/** A digest names what is in a version, so that the same texts are the same version. */
function whyTheSame(before: WrittenSkill | undefined, written: WrittenSkill): string | undefined {
  const isSame = before && JSON.stringify(filesOf(before)) === JSON.stringify(filesOf(written));
  return isSame ? 'Nothing differs from the version before' : undefined;
}

function writtenOf({ name, files }: { name: string; files: Record<string, string> }): WrittenSkill {
  const { [mainFile]: text, ...others } = files;
  return { name, text: text ?? '', others };
}

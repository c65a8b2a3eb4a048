'use client';

import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { DialogButtons } from '../../ui/dialog-buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { NameFields } from './name-fields.tsx';
import { readTemplate, type TemplateFile } from './template-file.ts';

/** Takes in a template from a file: what is in it is shown before it is made. */
export function ImportButton({ forbidden }: { forbidden: string | undefined }) {
  const [read, setRead] = useState<TemplateFile | string>();
  const choose = async (file: File | undefined) => {
    if (file) setRead(readTemplate(await file.text()));
  };
  return (
    <>
      <FileButton
        label="File of a template"
        accept="application/json,.json"
        whyNot={forbidden}
        onChoose={([file]) => void choose(file)}
      >
        Import…
      </FileButton>
      {read !== undefined ? <ImportDialog read={read} onClose={() => setRead(undefined)} /> : null}
    </>
  );
}

function ImportDialog({ read, onClose }: { read: TemplateFile | string; onClose: () => void }) {
  const queryClient = useQueryClient();
  const [named, setNamed] = useState(typeof read === 'string' ? { name: '', summary: '' } : read);
  const make = useMutation({
    mutationFn: ({ content }: TemplateFile) =>
      client.templates.create({ name: named.name, summary: named.summary, content }),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['templates'] });
      tell(`The template ${made.name} is there.`);
      onClose();
    },
  });
  if (typeof read === 'string')
    return (
      <Dialog open onClose={onClose} title="Import a template">
        <FormProblem message={read} />
      </Dialog>
    );
  return (
    <Dialog open onClose={onClose} title="Import a template">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          make.mutate(read);
        }}
      >
        <NameFields named={named} onChange={setNamed} />
        <FormProblem message={make.error ? sentenceOf(make.error) : undefined} />
        <DialogButtons
          onCancel={onClose}
          busy={make.isPending}
          whyNot={named.name.trim() ? undefined : 'Name the template first'}
        >
          Import it
        </DialogButtons>
      </form>
    </Dialog>
  );
}

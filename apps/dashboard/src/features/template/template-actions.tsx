'use client';

import type { TemplateDetail } from '@clawster/contract/template';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Bot, Copy, Download, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { fileOf, saveAsFile } from './template-file.ts';

/** What can be done with a template. */
export function TemplateActions({ template, onGone }: { template: TemplateDetail; onGone: () => void }) {
  const [, setOpened] = useOpened();
  const [deleting, setDeleting] = useState(false);
  const queryClient = useQueryClient();
  const forbidden = useWhyForbidden('template:manage');
  const { id, name, summary, content, builtIn } = template;
  const copy = useMutation({
    mutationFn: () => client.templates.create({ name: `${name} (own)`.slice(0, 80), summary, content }),
    onSuccess: async (made) => {
      await queryClient.invalidateQueries({ queryKey: ['templates'] });
      tell(`${made.name} is yours: change it as you like.`);
      setOpened(`edit:${made.id}`);
    },
    onError: tellTrouble,
  });
  return (
    <div className="flex flex-wrap gap-2">
      <ButtonLink look="primary" icon={<Bot />} href={paths.newBotFrom(id)}>
        New bot from it
      </ButtonLink>
      <Button
        icon={<Download />}
        onClick={() => saveAsFile(`${name.replaceAll(/[^\w-]+/g, '-')}.template.json`, fileOf(template))}
      >
        Export
      </Button>
      <Button icon={<Copy />} whyNot={forbidden} busy={copy.isPending} onClick={() => copy.mutate()}>
        Make your own
      </Button>
      {builtIn ? null : (
        <>
          <Button icon={<Pencil />} whyNot={forbidden} onClick={() => setOpened(`edit:${id}`)}>
            Change
          </Button>
          <Button look="danger" icon={<Trash2 />} whyNot={forbidden} onClick={() => setDeleting(true)}>
            Delete…
          </Button>
        </>
      )}
      {deleting ? <Deletion template={template} onClose={() => setDeleting(false)} onGone={onGone} /> : null}
    </div>
  );
}

type DeletionProps = { template: TemplateDetail; onClose: () => void; onGone: () => void };

function Deletion({ template: { id, name, botCount }, onClose, onGone }: DeletionProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.templates.delete({ templateId: id }),
    onSuccess: async () => {
      onGone();
      await queryClient.invalidateQueries({ queryKey: ['templates'] });
      tell(`The template ${name} was deleted.`);
    },
  });
  return (
    <DeleteDialog
      title={`Delete the template ${name}`}
      lead={
        botCount > 0
          ? `${count(botCount, 'bot')} made from it ${botCount === 1 ? 'keeps what it has' : 'keep what they have'}. No other can be made from it.`
          : 'No bot was made from it.'
      }
      verb="Delete the template"
      remove={remove}
      onClose={onClose}
    />
  );
}

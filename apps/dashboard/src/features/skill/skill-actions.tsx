'use client';

import type { SkillDetail } from '@clawster/contract/skill';
import { pinOf } from '@clawster/domain/skill/pin';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { FilePlus, ShieldCheck, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { ApproveDialog } from './approve-dialog.tsx';
import { shortDigest, whyNotDelete } from './catalogue.ts';

/** What can be done with a version of a skill. */
export function SkillActions({ skill, onGone }: { skill: SkillDetail; onGone: () => void }) {
  const [, setOpened] = useOpened();
  const [asked, setAsked] = useState<'approve' | 'delete'>();
  const forbidden = useWhyForbidden('skill:manage');
  const close = () => setAsked(undefined);
  return (
    <div className="flex flex-wrap gap-2">
      {skill.status === 'held' ? (
        <Button look="primary" icon={<ShieldCheck />} whyNot={forbidden} onClick={() => setAsked('approve')}>
          Approve…
        </Button>
      ) : null}
      <Button icon={<FilePlus />} whyNot={forbidden} onClick={() => setOpened(`new:${pinOf(skill)}`)}>
        New version
      </Button>
      <Button
        look="danger"
        icon={<Trash2 />}
        whyNot={forbidden ?? whyNotDelete(skill)}
        onClick={() => setAsked('delete')}
      >
        Delete…
      </Button>
      {asked === 'approve' ? <ApproveDialog skill={skill} onClose={close} /> : null}
      {asked === 'delete' ? <Deletion skill={skill} onClose={close} onGone={onGone} /> : null}
    </div>
  );
}

type DeletionProps = { skill: SkillDetail; onClose: () => void; onGone: () => void };

function Deletion({ skill: { name, digest }, onClose, onGone }: DeletionProps) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.skills.delete({ name, digest }),
    onSuccess: async () => {
      onGone();
      tell(`Version ${shortDigest(digest)} of ${name} was deleted.`);
      await queryClient.invalidateQueries({ queryKey: ['skills', 'list'] });
    },
  });
  return (
    <DeleteDialog
      title={`Delete version ${shortDigest(digest)} of ${name}`}
      lead="No bot has it. Layers that name it without any bot could not be given to one."
      verb="Delete the version"
      remove={remove}
      onClose={onClose}
    />
  );
}

'use client';

import { api } from '@clawster/contract/api';
import type { AuditView } from '@clawster/contract/audit-view';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Input } from '../../ui/field.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { sayView } from './say-view.ts';

/** The views there are, to rename and to delete. */
export function ViewsDialog({ onClose }: { onClose: () => void }) {
  const { data, error } = useQuery(q(api.auditViews.list, {}));
  return (
    <Dialog open wide onClose={onClose} title="Views of the audit trail">
      {error && !data ? <Trouble message={sentenceOf(error)} /> : null}
      <ul className="divide-y divide-line rounded-md border border-line">
        {data?.items.map((view) => <ViewRow key={view.id} view={view} />) ?? (
          <li className="p-3">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
        {data?.items.length === 0 ? <li className="p-3 text-sm text-muted">No view is kept any more.</li> : null}
      </ul>
    </Dialog>
  );
}

function ViewRow({ view }: { view: AuditView }) {
  const queryClient = useQueryClient();
  const [name, setName] = useState(view.name);
  const forbidden = useWhyForbidden('audit:manage');
  const whyNot = view.shared ? forbidden : undefined;
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['auditViews'] });
  const rename = useMutation({
    mutationFn: () => client.auditViews.update({ viewId: view.id, name }),
    onSuccess: refresh,
    onError: tellTrouble,
  });
  const remove = useMutation({
    mutationFn: () => client.auditViews.delete({ viewId: view.id }),
    onSuccess: refresh,
    onError: tellTrouble,
  });
  return (
    <li className="flex flex-wrap items-center gap-3 p-3 text-sm">
      <div className="min-w-0 flex-1 basis-56 space-y-1">
        <Input
          aria-label={`Name of ${view.name}`}
          value={name}
          maxLength={80}
          readOnly={whyNot !== undefined}
          onChange={(event) => setName(event.target.value)}
        />
        <p className="text-muted">
          {view.shared ? 'Of the workspace' : 'Yours'}: {sayView(view.filter)}
        </p>
      </div>
      <Button
        busy={rename.isPending}
        whyNot={whyNot ?? (name.trim() === view.name ? 'It has this name' : undefined)}
        onClick={() => rename.mutate()}
      >
        Rename
      </Button>
      <Button look="danger" busy={remove.isPending} whyNot={whyNot} onClick={() => remove.mutate()}>
        Delete
      </Button>
    </li>
  );
}

'use client';

import { api } from '@clawster/contract/api';
import type { LinkOut } from '@clawster/contract/link-out';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Card, RowsWaiting, Trouble } from '../../ui/page.tsx';

const LinkOutDialog = lazily(() => import('./link-out-dialog.tsx').then((module) => module.LinkOutDialog));

/** Links to other tools as they were written, to add to, change and take away. */
export function LinkOutList() {
  const { data, error, refetch } = useQuery(q(api.linkOuts.list, {}));
  const [opened, setOpened] = useState<{ link?: LinkOut }>();
  if (error && !data) return <Trouble message={sentenceOf(error)} retry={() => void refetch()} />;
  const add = (
    <Button icon={<Plus />} onClick={() => setOpened({})}>
      Add a link
    </Button>
  );
  return (
    <Card title="Links to other tools" actions={add} flush>
      <p className="max-w-prose px-4 py-3 text-sm text-muted">
        Shown on traces, bots and conversations, and filled in with what is looked at there.
      </p>
      <ul className="divide-y divide-line border-t border-line">
        {data?.items.map((link) => <Row key={link.id} link={link} onChange={() => setOpened({ link })} />) ?? (
          <RowsWaiting rows={1} />
        )}
        {data?.items.length === 0 ? (
          <li className="flex h-[4.25rem] items-center px-4 text-sm text-muted">There are none yet.</li>
        ) : null}
      </ul>
      {opened ? <LinkOutDialog link={opened.link} onClose={() => setOpened(undefined)} /> : null}
    </Card>
  );
}

function Row({ link, onChange }: { link: LinkOut; onChange: () => void }) {
  const queryClient = useQueryClient();
  const { id: linkOutId, name, url } = link;
  const remove = useMutation({
    mutationFn: () => client.linkOuts.delete({ linkOutId }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['linkOuts'] });
      tell(`${name} is shown no more.`);
    },
    onError: tellTrouble,
  });
  return (
    <li className="flex min-h-[4.25rem] items-center gap-3 px-4 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="font-mono text-xs break-all text-muted">{url}</p>
      </div>
      <IconButton label={`Change ${name}`} onClick={onChange}>
        <Pencil />
      </IconButton>
      <IconButton label={`Delete ${name}`} onClick={() => remove.mutate()}>
        <Trash2 />
      </IconButton>
    </li>
  );
}

'use client';

import { api } from '@clawster/contract/api';
import type { AuditSink, AuditSinkPlace } from '@clawster/contract/audit-sink';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell, tellTrouble } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { SinkForm } from './sink-form.tsx';

/** Where checkpoints of the trail are sent, to add to and to take away. */
export function SinksDialog({ onClose }: { onClose: () => void }) {
  const { data, error } = useQuery(q(api.auditSinks.list, {}));
  const forbidden = useWhyForbidden('audit:manage');
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title="Checkpoints elsewhere"
      lead="The signed end of the trail, sent once a minute while it grows. Kept elsewhere, it shows if anything before it is ever changed or cut off."
    >
      {error && !data ? <Trouble message={sentenceOf(error)} /> : null}
      <ul className="mb-4 divide-y divide-line rounded-md border border-line">
        {data?.items.map((sink) => <SinkRow key={sink.id} sink={sink} forbidden={forbidden} />) ?? (
          <li className="p-3">
            <Skeleton className="h-4 w-1/2" />
          </li>
        )}
        {data?.items.length === 0 ? <li className="p-3 text-sm text-muted">They are sent nowhere yet.</li> : null}
      </ul>
      <SinkForm forbidden={forbidden} />
    </Dialog>
  );
}

function SinkRow({ sink, forbidden }: { sink: AuditSink; forbidden: string | undefined }) {
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: ['auditSinks'] });
  const send = useMutation({
    mutationFn: () => client.auditSinks.send({ sinkId: sink.id }),
    onSuccess: async ({ name, trouble }) => {
      await refresh();
      if (!trouble) tell(`${name} has the newest checkpoint.`);
    },
    onError: tellTrouble,
  });
  const remove = useMutation({
    mutationFn: () => client.auditSinks.delete({ sinkId: sink.id }),
    onSuccess: refresh,
    onError: tellTrouble,
  });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 p-3 text-sm">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-medium">{sink.name}</p>
        <p className="break-all text-muted">{sink.file ?? placeWords(sink.place)}</p>
        <p className="text-muted">
          {sink.sentAt ? (
            <>
              seal {sink.sentNumber}, sent <Time at={sink.sentAt} />
            </>
          ) : (
            'nothing sent yet'
          )}
        </p>
        {sink.trouble ? (
          <p className="text-bad">
            {sink.trouble}
            {sink.nextTryAt ? (
              <>
                ; next try <Time at={sink.nextTryAt} />
              </>
            ) : null}
          </p>
        ) : null}
      </div>
      <Button busy={send.isPending} whyNot={forbidden} onClick={() => send.mutate()}>
        Send now
      </Button>
      <Button look="danger" busy={remove.isPending} whyNot={forbidden} onClick={() => remove.mutate()}>
        Remove
      </Button>
    </li>
  );
}

function placeWords(place: AuditSinkPlace): string {
  if (place.kind === 'webhook') return place.url;
  return place.kind === 'syslog' ? `syslog ${place.transport}://${place.host}:${place.port}` : 'a file on the server';
}

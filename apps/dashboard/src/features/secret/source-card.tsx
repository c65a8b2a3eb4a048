import type { Secret } from '@clawster/contract/secret';
import { sourceNames, sourcePlace } from '@clawster/domain/secret/source';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { FormProblem } from '../../ui/field.tsx';
import { Card } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { Warning } from '../../ui/warning.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** Where a secret is kept outside, when it was last read there, and what is wrong; nothing for one that is kept here. */
export function SourceCard({ secret }: { secret: Secret }) {
  const { id: secretId, source, readAt, readTrouble, rotationId } = secret;
  const forbidden = useWhyForbidden('secret:manage');
  const queryClient = useQueryClient();
  const refresh = useMutation({
    mutationFn: () => client.secrets.refresh({ secretId }),
    onSuccess: (read) => tell(whatCame(read)),
    onSettled: () =>
      Promise.all(['secrets', 'rotations'].map((noun) => queryClient.invalidateQueries({ queryKey: [noun] }))),
  });
  if (!source) return null;
  return (
    <Card
      title="Where it is kept"
      actions={
        <Button
          icon={<Download />}
          busy={refresh.isPending}
          whyNot={
            forbidden ?? (rotationId ? 'Its new value is being given to the bots: wait until that is over' : undefined)
          }
          onClick={() => refresh.mutate()}
        >
          Read now
        </Button>
      }
    >
      <div className="space-y-3">
        <p className="break-words">
          In {sourceNames[source.kind]}: <span className="font-mono text-sm">{sourcePlace(source)}</span>
        </p>
        <p className="text-sm text-muted">
          {readAt ? (
            <>
              Last read <Time at={readAt} />.
            </>
          ) : (
            'Not read yet.'
          )}{' '}
          A new value there is tried, and given to the bots within five minutes.
        </p>
        {readTrouble ? <Warning>{readTrouble}. Bots keep the value they have.</Warning> : null}
        <FormProblem message={refresh.error ? sentenceOf(refresh.error) : undefined} />
      </div>
    </Card>
  );
}

function whatCame({ name, readTrouble, rotationId }: Secret): string {
  if (readTrouble) return `${name} has no new value that can be used.`;
  return rotationId ? `${name} has a new value: bots are given it.` : `${name} has the value that bots have.`;
}

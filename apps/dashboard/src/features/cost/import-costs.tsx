import { ProblemError } from '@clawster/client/problem-error';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { usd } from '../../lib/amount.ts';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { FileButton } from '../../ui/file-button.tsx';
import { Card } from '../../ui/page.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';

/** Takes over what a bill says: all lines of the file, or none and what is wrong with which. */
export function ImportCosts() {
  const queryClient = useQueryClient();
  const forbidden = useWhyForbidden('target:manage');
  const [fileName, setFileName] = useState('');
  const read = useMutation({
    mutationFn: async (file: File) => client.costs.importTargetCosts({ csv: await file.text() }),
    onSuccess: async ({ days, targets, usd: amount }) => {
      tell(`${usd(amount)} of ${count(targets, 'target')} was taken over, in ${count(days, 'line')}.`);
      await queryClient.invalidateQueries({ queryKey: ['costs'] });
    },
  });
  return (
    <Card title="From a bill">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="max-w-prose text-sm text-muted">
          A CSV file with a line for each day and target: <code>day,target,usd</code>, such as{' '}
          <code>2026-11-27,This machine,4.80</code>. An imported day stands in for the price; the same day again
          replaces it.
        </p>
        <FileButton
          label="CSV file of costs"
          accept=".csv,text/csv"
          whyNot={forbidden}
          onChoose={([file]) => {
            if (!file) return;
            setFileName(file.name);
            read.mutate(file);
          }}
        >
          Import a file
        </FileButton>
      </div>
      {read.error ? <WrongLines fileName={fileName} error={read.error} /> : null}
    </Card>
  );
}

function WrongLines({ fileName, error }: { fileName: string; error: Error }) {
  const issues = error instanceof ProblemError ? (error.issues ?? []) : [];
  return (
    <div role="alert" className="mt-3 rounded-md border border-bad/30 bg-bad-soft px-3 py-2 text-sm text-bad">
      {issues.length === 0 ? (
        sentenceOf(error)
      ) : (
        <>
          <p className="font-medium">Nothing of {fileName} was taken over:</p>
          <ul>
            {issues.map(({ message }) => (
              <li key={message}>{message}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

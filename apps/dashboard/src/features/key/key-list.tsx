import type { WrappingKey } from '@clawster/contract/key';
import { count } from '../../lib/time.ts';
import { Time } from '../../ui/time.tsx';

const useWords: Record<WrappingKey['use'], string> = { current: 'Current', former: 'Former', missing: 'Missing' };
const kindWords: Record<NonNullable<WrappingKey['kind']>, string> = {
  file: 'a file of the server',
  vault: 'a vault',
  'aws-kms': 'AWS KMS',
  'gcp-kms': 'Google Cloud KMS',
  'azure-key-vault': 'Azure Key Vault',
};

/** Each key with what is under it, and whether it can be used. */
export function KeyList({ keys }: { keys: WrappingKey[] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line" aria-label="Keys">
      {keys.map((key) => (
        <li key={key.id} className="p-3 text-sm">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="min-w-0 break-all font-mono text-xs">{key.id}</span>
            <span className="font-medium">{useWords[key.use]}</span>
          </p>
          <p className="text-muted">
            {key.kind ? `In ${kindWords[key.kind]} · ` : ''}
            {count(key.dataKeys, 'data key')}, {count(key.secrets, 'secret')}
            {key.lookedAt && !key.trouble ? (
              <>
                {' '}
                · used <Time at={key.lookedAt} />
              </>
            ) : null}
          </p>
          <p className="text-bad empty:hidden">{troubleOf(key)}</p>
          <p className="text-muted empty:hidden">{key.use === 'former' ? formerSentence(key) : ''}</p>
        </li>
      ))}
    </ul>
  );
}

function troubleOf({ use, trouble }: WrappingKey): string {
  if (use !== 'missing') return trouble ?? '';
  return 'This server does not hold it, so what is under it cannot be read. Name it in CLAWSTER_FORMER_KEYS.';
}

function formerSentence({ dataKeys }: WrappingKey): string {
  return dataKeys === 0
    ? 'Nothing is under it any more. Take it out of the settings of each server; backups of Clawster made before still need it.'
    : 'Wrap the data keys anew to need it no more.';
}

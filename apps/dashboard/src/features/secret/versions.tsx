import type { SecretVersion } from '@clawster/contract/secret';
import { Card } from '../../ui/page.tsx';
import { type Look, StateWord } from '../../ui/state-word.tsx';
import { Time, Until } from '../../ui/time.tsx';

const looks: Record<SecretVersion['state'], Look> = {
  current: { word: 'Current', tone: 'ok', shape: 'disc' },
  former: { word: 'Former', tone: 'off', shape: 'square' },
  revoked: { word: 'Destroyed here', tone: 'off', shape: 'gone' },
};

/** The values a secret had, without them, the newest first; and whether the service still takes one that was replaced. */
export function Versions({ versions }: { versions: SecretVersion[] }) {
  return (
    <Card title="Versions" flush>
      <ul className="divide-y divide-line" aria-label="Versions">
        {versions.map(({ version, state, author, createdAt, expiresAt, revokedAt, proof }) => (
          <li key={version} className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm">
            <span className="w-6 font-medium tabular-nums">{version}</span>
            <StateWord look={looks[state]} />
            <span className="min-w-0 flex-1 basis-56 text-muted">
              by {author} <Time at={createdAt} />
              {expiresAt ? (
                <>
                  {' '}
                  · expires <Until at={expiresAt} />
                </>
              ) : null}
              {revokedAt ? (
                <>
                  {' '}
                  · destroyed <Time at={revokedAt} />
                </>
              ) : null}
            </span>
            {proof && state !== 'current' ? <StateWord look={proofLook(proof)} /> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function proofLook({ dead, text }: NonNullable<SecretVersion['proof']>): Look {
  return dead ? { word: text, tone: 'ok', shape: 'disc' } : { word: text, tone: 'warn', shape: 'triangle' };
}

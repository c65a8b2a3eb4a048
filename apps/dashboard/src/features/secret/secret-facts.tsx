import type { Secret, SecretUse } from '@clawster/contract/secret';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { paths } from '../../lib/paths.ts';
import { count } from '../../lib/time.ts';
import { Card } from '../../ui/page.tsx';
import { Time, Until } from '../../ui/time.tsx';
import { SecretDue } from './secret-due.tsx';

/** What a secret is for, where it is, and until when it is good. */
export function SecretFacts({ secret }: { secret: Secret }) {
  const { uses, botCount, version, setAt, expiresAt, rotateDays, deliveredAt, note } = secret;
  return (
    <Card title="What it is for">
      <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
        <Fact term="Used by">
          {uses.length === 0 ? <span className="text-muted">nothing yet</span> : null}
          <ul>
            {uses.map((use) => (
              <li key={use.id + use.field}>
                <UseLink use={use} /> <span className="text-muted">{fieldWords[use.field] ?? use.field}</span>
              </li>
            ))}
          </ul>
        </Fact>
        <Fact term="Bots that have it now">{count(botCount, 'bot')}</Fact>
        <Fact term="Version">
          {version}, set <Time at={setAt} />
        </Fact>
        <Fact term="To be replaced">
          <SecretDue secret={secret} />
          {rotateDays ? <span className="text-muted">every {count(rotateDays, 'day')}</span> : null}
        </Fact>
        <Fact term="Expires">
          {expiresAt ? <Until at={expiresAt} /> : <span className="text-muted">not known</span>}
        </Fact>
        <Fact term="Last delivered">
          {deliveredAt ? <Time at={deliveredAt} /> : <span className="text-muted">never</span>}
        </Fact>
        {note ? <Fact term="Note">{note}</Fact> : null}
      </dl>
    </Card>
  );
}

const fieldWords: Record<string, string> = {
  'bot-token': 'as its bot token',
  'app-token': 'as its app-level token',
  'api-key': 'as its API key',
  headers: 'as its headers',
};

const useHref: Record<SecretUse['kind'], (id: string) => string> = {
  connector: () => paths.connectors,
  channel: (id) => paths.channels(id),
  exporter: () => paths.settings('export'),
};

function UseLink({ use: { kind, id, name } }: { use: SecretUse }) {
  return (
    <Link className="font-medium underline underline-offset-2" href={useHref[kind](id)}>
      {name}
    </Link>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{term}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  );
}

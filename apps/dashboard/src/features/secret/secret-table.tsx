import type { Secret } from '@clawster/contract/secret';
import { sourceNames } from '@clawster/domain/secret/source';
import type { ReactNode } from 'react';
import { count } from '../../lib/time.ts';
import { Skeleton } from '../../ui/page.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { Time } from '../../ui/time.tsx';
import { SecretDue } from './secret-due.tsx';

type SecretTableProps = { secrets: Secret[] | undefined; onOpen: (id: string) => void };

/** The secrets by name, each with what uses it and when it is to be replaced. */
export function SecretTable({ secrets, onOpen }: SecretTableProps) {
  return (
    <table className="w-full text-left text-sm" aria-label="Secrets" aria-busy={!secrets}>
      <thead className="border-b border-line text-xs text-muted">
        <tr>
          <Head>Name</Head>
          <Head wide>Used by</Head>
          <Head wide>Bots</Head>
          <Head wide>Version</Head>
          <Head>To be replaced</Head>
          <Head wide>Last delivered</Head>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {secrets?.map((secret) => <Row key={secret.id} secret={secret} onOpen={() => onOpen(secret.id)} />) ?? (
          <Waiting />
        )}
      </tbody>
    </table>
  );
}

function Row({ secret, onOpen }: { secret: Secret; onOpen: () => void }) {
  const { name, note, uses, botCount, version, setAt, deliveredAt } = secret;
  return (
    <tr className="hover:bg-hover">
      <Cell>
        <button type="button" onClick={onOpen} className="text-left font-medium break-words hover:underline">
          {name}
        </button>
        <span className="block text-xs break-words text-muted">{note}</span>
        <Elsewhere secret={secret} />
      </Cell>
      <Cell wide>{[...new Set(uses.map((use) => use.name))].join(', ') || <Muted>nothing</Muted>}</Cell>
      <Cell wide>{botCount.toLocaleString('en')}</Cell>
      <Cell wide>
        {version}{' '}
        <Muted>
          · <Time at={setAt} />
        </Muted>
      </Cell>
      <Cell>
        <SecretDue secret={secret} />
        <span className="block text-xs text-muted md:hidden">{count(botCount, 'bot')}</span>
      </Cell>
      <Cell wide>{deliveredAt ? <Time at={deliveredAt} /> : <Muted>never</Muted>}</Cell>
    </tr>
  );
}

/** That it is kept in another store, and whether that is well. */
function Elsewhere({ secret: { source, readTrouble } }: { secret: Secret }) {
  if (!source) return null;
  const place = `in ${sourceNames[source.kind]}`;
  return (
    <span className="block text-xs text-muted">
      {readTrouble ? <StateWord look={{ word: `Trouble ${place}`, tone: 'warn', shape: 'triangle' }} /> : place}
    </span>
  );
}

function Waiting() {
  return [1, 2, 3].map((key) => (
    <tr key={key}>
      <td colSpan={6} className="h-[3.4rem] px-4">
        <Skeleton className="h-4 w-1/2" />
      </td>
    </tr>
  ));
}

const place = (wide: boolean) => `px-4 py-2.5 align-top ${wide ? 'hidden md:table-cell' : ''}`;

function Head({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={`font-medium ${place(wide)}`}>
      {children}
    </th>
  );
}

function Cell({ wide = false, children }: { wide?: boolean; children: ReactNode }) {
  return <td className={place(wide)}>{children}</td>;
}

function Muted({ children }: { children: ReactNode }) {
  return <span className="text-muted">{children}</span>;
}

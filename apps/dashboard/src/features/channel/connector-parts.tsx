import Link from 'next/link';
import { paths } from '../../lib/paths.ts';

const parts = [
  { name: 'Model providers', path: paths.connectors },
  { name: 'Channels', path: paths.channels() },
];

/** The ways between the two kinds of connectors: what bots think with, and by what they are reached. */
export function ConnectorParts({ here }: { here: string }) {
  return (
    <nav aria-label="Kinds of connectors" className="mb-5 flex gap-1 border-b border-line">
      {parts.map(({ name, path }) => (
        <Link
          key={path}
          href={path}
          aria-current={path === here ? 'page' : undefined}
          className={`-mb-px border-b-2 px-2.5 py-2 text-sm font-medium ${path === here ? 'border-accent text-text' : 'border-transparent text-muted hover:text-text'}`}
        >
          {name}
        </Link>
      ))}
    </nav>
  );
}

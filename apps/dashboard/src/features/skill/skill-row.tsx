import { BookOpen, TriangleAlert } from 'lucide-react';
import { count } from '../../lib/time.ts';
import { BuiltInMark } from '../../ui/built-in-mark.tsx';
import { Button } from '../../ui/button.tsx';
import { type CatalogueEntry, sayScan, usesOf } from './catalogue.ts';
import { Digest } from './digest.tsx';

/** A skill by its newest version: what for, what its scan found, and which bots have it. */
export function SkillRow({ entry, onOpen }: { entry: CatalogueEntry; onOpen: () => void }) {
  const { name, newest, versions } = entry;
  const uses = usesOf(entry);
  return (
    <li className="flex min-h-[4.25rem] flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          <span className="min-w-0 break-words">{name}</span>
          {newest.builtIn ? <BuiltInMark /> : null}
          {newest.status === 'held' ? (
            <span className="flex items-center gap-1 text-xs text-warn">
              <TriangleAlert aria-hidden className="size-3.5" />
              waits for approval
            </span>
          ) : null}
        </p>
        <p className="text-sm break-words">{newest.description}</p>
        <p className="text-sm break-words text-muted">
          <Digest digest={newest.digest} /> · {sayScan(newest)} · {count(uses.all, 'bot')}
          {uses.older > 0 ? <span className="text-warn"> · {uses.older} with an older version</span> : null}
          {versions.length > 1 ? ` · ${count(versions.length, 'version')}` : ''}
        </p>
      </div>
      <Button icon={<BookOpen />} onClick={onOpen}>
        Look at it<span className="sr-only"> {name}</span>
      </Button>
    </li>
  );
}

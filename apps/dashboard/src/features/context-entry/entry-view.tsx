'use client';

import { api } from '@clawster/contract/api';
import type { ContextEntry } from '@clawster/contract/context-entry';
import type { TeamDetail } from '@clawster/contract/team';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, ChartGantt, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { shortTime } from '../../lib/time.ts';
import { useChange } from '../../lib/use-change.ts';
import { ButtonLink } from '../../ui/button-link.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { UntrustedMark } from '../delegation/delegation-row.tsx';
import { WrittenText } from '../delegation/written-text.tsx';
import { useWhyForbidden } from '../session/use-identity.ts';
import { EntryEditor } from './entry-editor.tsx';
import { EntryVersions } from './entry-versions.tsx';
import { sayVisibility } from './say-visibility.ts';

type EntryViewProps = { team: TeamDetail; entryKey: string; onClose: () => void };

/** One entry as it is, and all it has been. */
export function EntryView({ team, entryKey: key, onClose }: EntryViewProps) {
  const [editing, setEditing] = useState(false);
  const { data, error, refetch } = useQuery(q(api.contextEntries.get, { teamId: team.id, key }));
  if (editing && data)
    return <EntryEditor team={team} entry={data} onClose={() => setEditing(false)} onSaved={() => setEditing(false)} />;
  return (
    <div className="space-y-4">
      <Button look="quiet" icon={<ArrowLeft />} onClick={onClose}>
        All entries
      </Button>
      {data ? (
        <>
          <Known entry={data} team={team} onEdit={() => setEditing(true)} onGone={onClose} />
          <EntryVersions entry={data} />
        </>
      ) : error ? (
        <Trouble message={sentenceOf(error)} retry={() => void refetch()} />
      ) : (
        <Skeleton className="h-96 w-full" />
      )}
    </div>
  );
}

type KnownProps = { entry: ContextEntry; team: TeamDetail; onEdit: () => void; onGone: () => void };

function Known({ entry, team, onEdit, onGone }: KnownProps) {
  const { teamId, key, text, author, at, version, visibility, untrusted, expiresAt, traceId, isDeleted } = entry;
  const forbidden = useWhyForbidden('team:direct');
  const restore = useChange({
    call: () => client.contextEntries.restore({ teamId, key, version }),
    nouns: ['contextEntries'],
    tellsTrouble: true,
  });
  const remove = useChange({
    call: () => client.contextEntries.delete({ teamId, key }),
    nouns: ['contextEntries'],
    said: () => [`${key} was taken out. Its history stays.`, { label: 'Put it back', onClick: () => restore.mutate() }],
    onDone: onGone,
    tellsTrouble: true,
  });
  return (
    <Card title={key} actions={untrusted ? <UntrustedMark /> : null}>
      <div className="space-y-3">
        {isDeleted ? (
          <p className="text-sm text-muted">It was taken out. Restore an older version to have it back.</p>
        ) : text === undefined ? (
          <p className="text-sm text-muted italic">Your role does not include reading what was written.</p>
        ) : (
          <WrittenText label="What the team knows" text={text} untrusted={untrusted} />
        )}
        <p className="text-sm text-muted">
          Version {version}, by {author.name}, <Time at={at} />. Seen by {sayVisibility(visibility, team.members)}
          {expiresAt ? `, until ${shortTime(expiresAt)}` : ''}.
        </p>
        <div className="flex flex-wrap gap-2">
          <Button
            look="primary"
            icon={<Pencil />}
            whyNot={forbidden ?? (text === undefined ? 'You may not read it' : undefined)}
            onClick={onEdit}
          >
            Edit
          </Button>
          {traceId ? (
            <ButtonLink icon={<ChartGantt />} href={paths.trace(traceId)}>
              Where it was written
            </ButtonLink>
          ) : null}
          <Button
            look="danger"
            icon={<Trash2 />}
            whyNot={forbidden ?? (isDeleted ? 'It is taken out already' : undefined)}
            busy={remove.isPending}
            onClick={() => remove.mutate()}
          >
            Take it out
          </Button>
        </div>
      </div>
    </Card>
  );
}

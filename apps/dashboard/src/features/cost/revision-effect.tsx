import { api } from '@clawster/contract/api';
import type { Comparison, Measure } from '@clawster/contract/cost';
import type { Revision } from '@clawster/contract/revision';
import { useQuery } from '@tanstack/react-query';
import { useUrlState } from '../../lib/use-url-state.ts';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { shortTime } from '../../lib/time.ts';
import { Field, Select } from '../../ui/field.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';

const measureNames: Record<Measure['name'], string> = {
  cost: 'Cost',
  tokens: 'Tokens',
  failures: 'Failures',
  duration: 'Duration',
};
/** More of any of these is worse. */
const looks: Record<Measure['verdict'], { word: string; colour: string }> = {
  'too-few': { word: '? Too few turns', colour: 'text-off' },
  'no-difference': { word: '= No difference told', colour: 'text-muted' },
  less: { word: '↓ Less', colour: 'text-ok' },
  more: { word: '↑ More', colour: 'text-bad' },
};

/** What a change of a bot did to its turns: the week before it against the week after. */
export function RevisionEffect({ botId }: { botId: string }) {
  const [params, setParams] = useUrlState();
  const revisions = useQuery(q(api.revisions.list, { botId, limit: 50 })).data?.items;
  const chosen = Number(params.get('revision')) || revisions?.[0]?.number;
  return (
    <Card title="What a change did">
      {revisions && !chosen ? <p className="text-sm text-muted">It was not changed yet.</p> : null}
      {chosen ? (
        <>
          <Field label="Revision" className="max-w-md" hint="The seven days before it against the seven days after">
            {(described) => (
              <Select {...described} value={chosen} onChange={({ target }) => setParams({ revision: target.value })}>
                {revisions?.map((revision) => (
                  <option key={revision.number} value={revision.number}>
                    {sayRevision(revision)}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <Effect botId={botId} revision={chosen} />
        </>
      ) : null}
    </Card>
  );
}

function Effect({ botId, revision }: { botId: string; revision: number }) {
  const { data, error } = useQuery(q(api.costs.comparison, { botId, revision }));
  if (error) return <Trouble message={sentenceOf(error)} />;
  return data ? <Verdicts comparison={data} /> : <Skeleton className="mt-4 h-40 w-full" />;
}

function sayRevision({ number, at, label, reason }: Revision): string {
  const what = label ?? reason;
  return `${number}, ${shortTime(at)}${what ? `: ${what}` : ''}`;
}

function Verdicts({ comparison: { measures, otherRevisions } }: { comparison: Comparison }) {
  return (
    <>
      <dl className="mt-4 divide-y divide-line">
        {measures.map(({ name, verdict, text, before, after }) => (
          <div key={name} className="py-2.5 text-sm">
            <dt className="flex flex-wrap items-baseline gap-x-3">
              <span className="font-medium">{measureNames[name]}</span>
              <span className={looks[verdict].colour}>{looks[verdict].word}</span>
              <span className="text-xs text-faint">
                {before.count.toLocaleString('en')} turns before, {after.count.toLocaleString('en')} after
              </span>
            </dt>
            <dd className="text-muted">{text}</dd>
          </div>
        ))}
      </dl>
      {otherRevisions.length > 0 ? (
        <p className="mt-2 text-sm text-warn">
          In the same days there was revision {otherRevisions.join(', ')}: what differs may be its doing.
        </p>
      ) : null}
    </>
  );
}

'use client';

import { api } from '@clawster/contract/api';
import type { Skill, SkillDetail } from '@clawster/contract/skill';
import { partsOf, pinOf, skillName } from '@clawster/domain/skill/pin';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { q } from '../../lib/query.ts';
import { sentenceOf } from '../../lib/sentence.ts';
import { count } from '../../lib/time.ts';
import { BuiltInMark } from '../../ui/built-in-mark.tsx';
import { Button } from '../../ui/button.tsx';
import { Card, Skeleton, Trouble } from '../../ui/page.tsx';
import { Time } from '../../ui/time.tsx';
import { OpenedHead } from '../configuration/opened-head.tsx';
import { useOpened } from '../configuration/use-opened.ts';
import { sayScan } from './catalogue.ts';
import { Digest } from './digest.tsx';
import { FindingsCard } from './findings-card.tsx';
import { SkillActions } from './skill-actions.tsx';
import { SkillTexts, type Spot } from './skill-texts.tsx';

/** One version of a skill: what its scan found, its texts line by line, and the versions beside it. */
export function SkillView({ pin, onClose }: { pin: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(q(api.skills.get, partsOf(pin)));
  return (
    <div className="space-y-5">
      <OpenedHead title={skillName(pin)} onClose={onClose}>
        {data ? <SkillActions skill={data} onGone={onClose} /> : null}
      </OpenedHead>
      {error && !data ? <Trouble message={sentenceOf(error)} retry={() => void refetch()} /> : null}
      {data ? <Content key={pin} skill={data} /> : error ? null : <Skeleton className="h-96 w-full" />}
    </div>
  );
}

function Content({ skill }: { skill: SkillDetail }) {
  const [spot, setSpot] = useState<Spot>({ file: 'SKILL.md' });
  const { description, author, approvedBy, builtIn, createdAt, botCount } = skill;
  return (
    <>
      <div className="space-y-1 text-sm">
        <p className="break-words">{description}</p>
        <p className="flex flex-wrap items-center gap-x-2 text-muted">
          {builtIn ? <BuiltInMark /> : null}
          <span>
            Version <Digest digest={skill.digest} />, {builtIn ? 'here since ' : `added by ${author} `}
            <Time at={createdAt} />
            {approvedBy ? `, approved by ${approvedBy}` : ''} · {count(botCount, 'bot has', 'bots have')} it
          </span>
        </p>
      </div>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
        <FindingsCard skill={skill} onShow={setSpot} />
        <VersionsCard shown={skill} />
      </div>
      <SkillTexts skill={skill} spot={spot} onSpot={setSpot} />
    </>
  );
}

function VersionsCard({ shown }: { shown: Skill }) {
  const { data } = useQuery(q(api.skills.list, {}));
  const versions = data?.items.filter(({ name }) => name === shown.name) ?? [shown];
  return (
    <Card title="Versions, the newest first" flush>
      <ol className="divide-y divide-line text-sm">
        {versions.map((version) => (
          <VersionRow key={version.digest} version={version} isShown={version.digest === shown.digest} />
        ))}
      </ol>
    </Card>
  );
}

function VersionRow({ version, isShown }: { version: Skill; isShown: boolean }) {
  const [, setOpened] = useOpened();
  const { digest, author, createdAt, botCount } = version;
  return (
    <li className="flex min-h-11 items-center justify-between gap-2 px-4 py-1.5">
      <span className="min-w-0 break-words">
        <Digest digest={digest} /> {author}, <Time at={createdAt} />
        <span className="block text-muted">
          {sayScan(version)} · {count(botCount, 'bot')}
        </span>
      </span>
      {isShown ? (
        <span className="text-xs text-muted">shown</span>
      ) : (
        <Button look="quiet" onClick={() => setOpened(pinOf(version))}>
          Show it<span className="sr-only"> {digest}</span>
        </Button>
      )}
    </li>
  );
}

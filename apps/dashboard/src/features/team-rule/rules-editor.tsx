'use client';

import type { RuleSet, TeamRule } from '@clawster/contract/team-rule';
import type { TeamDetail } from '@clawster/contract/team';
import { Plus, Scale } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { count } from '../../lib/time.ts';
import { tell } from '../../lib/toast.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Card } from '../../ui/page.tsx';
import { moved } from '../goal/plan-draft.ts';
import { useWhyForbidden } from '../session/use-identity.ts';
import { RuleRow } from './rule-row.tsx';
import { RulesSaveBar } from './rules-save-bar.tsx';
import { Tester } from './tester.tsx';
import { useRulesDraft } from './use-rules-draft.ts';

const RuleDialog = lazily(() => import('./rule-dialog.tsx').then((module) => module.RuleDialog));
const Replay = lazily(() => import('./replay.tsx').then((module) => module.Replay));

/** The rules in their order, changed here and saved together, with what would come of them. */
export function RulesEditor({ team, saved }: { team: TeamDetail; saved: RuleSet }) {
  const draft = useRulesDraft(saved);
  const { rules, isChanged, change } = draft;
  const [asked, setAsked] = useState<TeamRule | 'new'>();
  const [dragged, setDragged] = useState<number>();
  const forbidden = useWhyForbidden('team:manage');
  const put = (rule: TeamRule) =>
    change(
      rules.some(({ id }) => id === rule.id) ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule],
    );
  const remove = (rule: TeamRule) => {
    change(rules.filter((one) => one !== rule));
    tell(`${rule.name} is out, once you save.`, { label: 'Put it back', onClick: () => change(rules) });
  };
  return (
    <>
      <Card
        title={isChanged ? 'Rules, changed and not saved' : 'Rules'}
        flush
        actions={
          <Button icon={<Plus />} whyNot={forbidden} onClick={() => setAsked('new')}>
            New rule
          </Button>
        }
      >
        <p className="px-4 py-3 text-sm text-muted">
          The first that fits decides. What none allows is refused. {count(rules.length, 'rule')}, version{' '}
          {saved.version}.
        </p>
        <ol className="divide-y divide-line border-t border-line" aria-label="Rules">
          {rules.map((rule, at) => (
            <RuleRow
              key={rule.id}
              rule={rule}
              at={at}
              count={rules.length}
              whyNot={forbidden}
              isDragged={dragged === at}
              onDrag={setDragged}
              onMove={(to) => change(moved(rules, dragged ?? at, to))}
              onPut={put}
              onEdit={() => setAsked(rule)}
              onRemove={() => remove(rule)}
            />
          ))}
        </ol>
        {rules.length === 0 ? (
          <Empty icon={<Scale />} title="No rule yet: nobody may ask anybody for anything">
            Begin with who is to work for whom, such as: when the lead asks anybody, let it through.
          </Empty>
        ) : null}
        {isChanged ? <RulesSaveBar draft={draft} whyNot={forbidden} /> : null}
      </Card>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Tester team={team} {...(isChanged ? { rules } : {})} />
        <Replay teamId={team.id} rules={rules} isChanged={isChanged} />
      </div>
      {asked ? (
        <RuleDialog
          rules={rules}
          {...(asked === 'new' ? {} : { rule: asked })}
          onClose={() => setAsked(undefined)}
          onDone={(rule) => {
            put(rule);
            setAsked(undefined);
          }}
        />
      ) : null}
    </>
  );
}

'use client';

import type { TeamDetail } from '@clawster/contract/team';
import type { RuleVerdict, TeamRule } from '@clawster/contract/team-rule';
import { useMutation } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../lib/client.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Field, Select } from '../../ui/field.tsx';
import { MutationForm } from '../../ui/mutation-form.tsx';
import { Card } from '../../ui/page.tsx';
import { StateWord } from '../../ui/state-word.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { WhomField } from '../delegation/ask-dialog.tsx';
import { sayRights } from '../team/rights.ts';
import { decisionLooks } from './rule-row.tsx';

/** `rules`: those that are being changed, where they are not those that hold. */
type TesterProps = { team: TeamDetail; rules?: readonly TeamRule[] };

/** What would happen if one asked another for something, and why. */
export function Tester({ team, rules }: TesterProps) {
  const [from, setFrom] = useState('');
  const [whom, setWhom] = useState(`bot ${team.members.find(({ isLead }) => !isLead)?.botId ?? team.lead.botId}`);
  const [text, setText] = useState('');
  const [taskType, setTaskType] = useState('');
  const [channel, setChannel] = useState('');
  const [untrusted, setUntrusted] = useState(false);
  const test = useMutation({
    mutationFn: () => {
      const [by, value = ''] = whom.split(' ');
      const question = {
        ...(from ? { fromBotId: from } : {}),
        ...(by === 'bot' ? { toBotId: value } : { capability: value }),
        ...(taskType.trim() ? { taskType: taskType.trim() } : {}),
        ...(channel.trim() ? { channel: channel.trim() } : {}),
        text,
        untrusted,
      };
      return client.teamRules.test({ teamId: team.id, question, ...(rules ? { rules: [...rules] } : {}) });
    },
  });
  return (
    <Card title="What would happen if">
      <MutationForm mutation={test}>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Who asks">
            {(described) => (
              <Select {...described} value={from} onChange={({ target }) => setFrom(target.value)}>
                <option value="">A person here</option>
                {team.members.map(({ botId, botName }) => (
                  <option key={botId} value={botId}>
                    {botName}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <WhomField team={team} value={whom} onChange={setWhom} />
          <TextField label="Kind of task" maxLength={60} value={taskType} onChange={setTaskType} />
          <TextField
            label="It began on"
            hint="A channel, such as telegram. Empty: here."
            maxLength={50}
            value={channel}
            onChange={setChannel}
          />
        </div>
        <TextField label="For what" rows={3} maxLength={20_000} value={text} onChange={setText} />
        <Checkbox checked={untrusted} onChange={setUntrusted}>
          People outside had a hand in it
        </Checkbox>
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-sm text-muted">
            {rules ? 'By the rules as you changed them.' : 'By the rules that hold.'} Nothing is done.
          </p>
          <Button type="submit" icon={<FlaskConical />} busy={test.isPending}>
            Try it
          </Button>
        </div>
      </MutationForm>
      {test.data ? <Verdict verdict={test.data} /> : null}
    </Card>
  );
}

function Verdict({ verdict: { decision, ruleName, why, toBotName, rights, passed } }: { verdict: RuleVerdict }) {
  return (
    <section aria-label="What would happen" className="mt-4 space-y-2 border-t border-line pt-4 text-sm">
      <p role="status" className="flex flex-wrap items-center gap-x-3">
        <StateWord look={decisionLooks[decision]} pill />
        <span className="font-medium">{ruleName ?? 'No rule'}</span>
      </p>
      <p className="break-words">{why}.</p>
      {toBotName ? (
        <p className="text-muted">
          {toBotName} would do it{rights ? `. At most: ${sayRights(rights)}` : ''}.
        </p>
      ) : null}
      {passed.length > 0 ? (
        <ol aria-label="Rules before it" className="space-y-1 border-l-2 border-line pl-3">
          {passed.map((rule) => (
            <li key={rule.ruleId} className="break-words">
              <span className="font-medium">{rule.ruleName}</span>
              <span className="text-muted">: {rule.why}</span>
            </li>
          ))}
        </ol>
      ) : null}
    </section>
  );
}

'use client';

import type { Visibility } from '@clawster/contract/context-entry';
import type { TeamMember } from '@clawster/contract/team';
import { Checkbox } from '../../ui/checkbox.tsx';
import { WordSelect } from '../../ui/word-select.tsx';

type VisibilityFieldsProps = {
  visibility: Visibility;
  members: readonly TeamMember[];
  onChange: (visibility: Visibility) => void;
};

/** Who of the team sees an entry: all, the lead, or members chosen one by one. */
export function VisibilityFields({ visibility, members, onChange }: VisibilityFieldsProps) {
  return (
    <>
      <WordSelect
        label="Who sees it"
        all="All members see it"
        words={{ lead: 'Only the lead sees it', bots: 'Only chosen members see it' }}
        value={wordOf(visibility)}
        onChange={(word) => onChange(word === 'bots' ? { bots: [] } : word === 'lead' ? 'lead' : 'team')}
      />
      {typeof visibility === 'string' ? null : (
        <MemberChoice chosen={visibility.bots} members={members} onChange={(bots) => onChange({ bots })} />
      )}
    </>
  );
}

function wordOf(visibility: Visibility): string {
  if (typeof visibility !== 'string') return 'bots';
  return visibility === 'lead' ? 'lead' : '';
}

type MemberChoiceProps = {
  chosen: readonly string[];
  members: readonly TeamMember[];
  onChange: (botIds: string[]) => void;
};

function MemberChoice({ chosen, members, onChange }: MemberChoiceProps) {
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">Members who see it</legend>
      {/* The form stays in sight however many there are. */}
      <div className="max-h-48 space-y-2 overflow-y-auto rounded-md border border-line p-3">
        {members.map(({ botId, botName, isLead, title }) => (
          <Checkbox
            key={botId}
            checked={chosen.includes(botId)}
            onChange={(on) => onChange(on ? [...chosen, botId] : chosen.filter((one) => one !== botId))}
          >
            {botName} <span className="text-muted">{isLead ? 'leads the team' : title}</span>
          </Checkbox>
        ))}
      </div>
      <p className="text-sm text-muted">A bot that wrote it sees it, too.</p>
    </fieldset>
  );
}

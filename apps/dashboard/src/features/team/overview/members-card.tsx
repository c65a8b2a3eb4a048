'use client';

import type { TeamDetail, TeamMember } from '@clawster/contract/team';
import { Crown, Pencil, UserMinus, UserPlus } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { client } from '../../../lib/client.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { paths } from '../../../lib/paths.ts';
import { useChange } from '../../../lib/use-change.ts';
import { Button } from '../../../ui/button.tsx';
import { Chips } from '../../../ui/chips.tsx';
import { Menu, MenuItem, MenuSeparator } from '../../../ui/menu.tsx';
import { Card } from '../../../ui/page.tsx';
import { Phase } from '../../bot/phase.tsx';
import { useWhyForbidden } from '../../session/use-identity.ts';

const MemberDialog = lazily(() => import('./member-dialog.tsx').then((module) => module.MemberDialog));

/** Who is in the team, what each can do, and what it is at. */
export function MembersCard({ team }: { team: TeamDetail }) {
  const [asked, setAsked] = useState<TeamMember | 'new'>();
  const forbidden = useWhyForbidden('team:manage');
  return (
    <Card
      title="Members"
      flush
      actions={
        <Button icon={<UserPlus />} whyNot={forbidden} onClick={() => setAsked('new')}>
          Take a bot in
        </Button>
      }
    >
      <ul className="divide-y divide-line" aria-label="Members">
        {team.members.map((member) => (
          <MemberRow key={member.botId} team={team} member={member} onChange={() => setAsked(member)} />
        ))}
      </ul>
      {asked ? (
        <MemberDialog team={team} {...(asked === 'new' ? {} : { member: asked })} onClose={() => setAsked(undefined)} />
      ) : null}
    </Card>
  );
}

type RowProps = { team: TeamDetail; member: TeamMember; onChange: () => void };

function MemberRow({ team, member, onChange }: RowProps) {
  const { botId, botName, phase, isLead, title, capabilities, mayDelegate, working, waiting } = member;
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3" aria-label={botName}>
      <div className="min-w-0 flex-1 basis-72 space-y-1">
        <p className="flex flex-wrap items-center gap-x-3">
          <Link href={paths.bot(botId)} className="font-medium break-all hover:underline">
            {botName}
          </Link>
          <Phase phase={phase} />
        </p>
        <p className="text-sm text-muted">
          {[title, isLead ? 'leads the team' : mayDelegate ? 'may ask others' : 'asks nobody']
            .filter(Boolean)
            .join(', ')}
        </p>
        <Chips words={capabilities} none="No capability: it can be asked by name only" />
      </div>
      <p className="text-sm text-muted tabular-nums">
        {working > 0 || waiting > 0 ? `Works at ${working}, ${waiting} wait for it` : 'Free'}
      </p>
      <Manage team={team} member={member} onChange={onChange} />
    </li>
  );
}

function Manage({ team, member, onChange }: RowProps) {
  const { botId, botName, isLead, title, capabilities, mayDelegate } = member;
  const teamId = team.id;
  const forbidden = useWhyForbidden('team:manage');
  const put = useChange({
    call: () => client.teams.setMember({ teamId, botId, title, capabilities, mayDelegate }),
    nouns: ['teams'],
    tellsTrouble: true,
  });
  const lead = useChange({
    call: () => client.teams.update({ teamId, leadId: botId }),
    nouns: ['teams'],
    said: () => `${botName} leads the team.`,
    tellsTrouble: true,
  });
  const remove = useChange({
    call: () => client.teams.removeMember({ teamId, botId }),
    nouns: ['teams', 'delegations'],
    said: () => [`${botName} has left the team.`, { label: 'Take it back in', onClick: () => put.mutate() }],
    tellsTrouble: true,
  });
  const asLead = isLead ? 'It leads the team: choose another lead first' : undefined;
  return (
    <Menu label="Manage">
      <MenuItem
        icon={<Pencil />}
        title="Change"
        hint="What it is, what it can do, whether it may ask others"
        whyNot={forbidden}
        onChoose={onChange}
      />
      <MenuItem
        icon={<Crown />}
        title="Let it lead"
        hint="It plans, hands out tasks and sums up"
        whyNot={forbidden ?? (isLead ? 'It leads already' : undefined)}
        onChoose={() => lead.mutate()}
      />
      <MenuSeparator />
      <MenuItem
        icon={<UserMinus />}
        title="Take it out"
        hint="What it works at for the team is cancelled; the bot stays"
        danger
        whyNot={forbidden ?? asLead}
        onChoose={() => remove.mutate()}
      />
    </Menu>
  );
}

'use client';

import type { ListedBot } from '@clawster/contract/bot';
import { ArrowUpFromLine, Link2, Unlink2 } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { lazily } from '../../../lib/lazily.tsx';
import { Menu, MenuItem } from '../../../ui/menu.tsx';
import type { BulkWork } from '../../bot/use-bulk.ts';
import { useIdentity, whyForbidden, whyNowhere } from '../../session/use-identity.ts';
import { type BulkKind, bulkWords } from './bulk-change.ts';

const BulkDialog = lazily(() => import('./bulk-dialog.tsx').then((module) => module.BulkDialog));

type BulkMenuProps = {
  chosen: ListedBot[];
  /** Why nothing more can be begun now. */
  busy: string | undefined;
  onRun: (work: BulkWork, bots: ListedBot[]) => void;
};

const items: { kind: BulkKind; icon: ReactNode; hint: string }[] = [
  { kind: 'attach', icon: <Link2 />, hint: 'Settings that bots share, above what these have' },
  { kind: 'detach', icon: <Unlink2 />, hint: 'One that was attached to them by name' },
  { kind: 'upgrade', icon: <ArrowUpFromLine />, hint: 'Each to the newest version of its own' },
];

/** What can be changed of the configuration of many bots; each is looked over before it is done. */
export function BulkMenu({ chosen, busy, onRun }: BulkMenuProps) {
  const [asked, setAsked] = useState<BulkKind>();
  const whyNot = useWhyNotBulk(chosen);
  return (
    <>
      <Menu label="Configure">
        {items.map(({ kind, icon, hint }) => (
          <MenuItem
            key={kind}
            icon={icon}
            title={`${bulkWords[kind].title}…`}
            hint={hint}
            whyNot={busy ?? whyNot(kind)}
            onChoose={() => setAsked(kind)}
          />
        ))}
      </Menu>
      {asked ? <BulkDialog kind={asked} chosen={chosen} onRun={onRun} onClose={() => setAsked(undefined)} /> : null}
    </>
  );
}

function useWhyNotBulk(chosen: ListedBot[]): (kind: BulkKind) => string | undefined {
  const identity = useIdentity();
  return (kind) => {
    const forbidden =
      whyNowhere(identity, 'bot:update') ??
      whyForbidden(identity, kind === 'upgrade' ? 'template:read' : 'profile:read');
    if (forbidden) return forbidden;
    if (kind === 'detach' && chosen.every(({ spec }) => spec.profileIds.length === 0))
      return 'None of the selected bots has a profile by name';
    if (kind === 'upgrade' && chosen.every(({ spec }) => !spec.template))
      return 'None of the selected bots was made from a template';
    return undefined;
  };
}

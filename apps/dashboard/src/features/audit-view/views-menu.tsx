'use client';

import { api } from '@clawster/contract/api';
import type { AuditView } from '@clawster/contract/audit-view';
import { useQuery } from '@tanstack/react-query';
import { Bookmark, BookmarkPlus, Settings2, Users } from 'lucide-react';
import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { q } from '../../lib/query.ts';
import { Menu, MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import type { AuditFilter, SetAuditFilter } from '../event/event-filter.ts';
import { sayView } from './say-view.ts';

const SaveViewDialog = lazily(() => import('./save-view-dialog.tsx').then((module) => module.SaveViewDialog));
const ViewsDialog = lazily(() => import('./views-dialog.tsx').then((module) => module.ViewsDialog));

type Props = { filter: AuditFilter; setFilter: SetAuditFilter };

/** The views that were kept, and keeping one of what is shown. */
export function ViewsMenu({ filter, setFilter }: Props) {
  const { data } = useQuery(q(api.auditViews.list, {}));
  const [opened, setOpened] = useState<'save' | 'manage'>();
  const close = () => setOpened(undefined);
  const views = data?.items ?? [];
  return (
    <>
      <Menu label="Views">
        {views.map((view) => (
          <MenuItem
            key={view.id}
            icon={view.shared ? <Users /> : <Bookmark />}
            title={view.name}
            hint={sayView(view.filter)}
            onChoose={() => setFilter(urlOf(view))}
          />
        ))}
        {views.length > 0 ? <MenuSeparator /> : null}
        <MenuItem
          icon={<BookmarkPlus />}
          title="Save this view…"
          hint="Keep these filters under a name"
          onChoose={() => setOpened('save')}
        />
        <MenuItem
          icon={<Settings2 />}
          title="Manage views…"
          hint="Rename and delete them"
          whyNot={data?.items.length === 0 ? 'No view was saved yet' : undefined}
          onChoose={() => setOpened('manage')}
        />
      </Menu>
      {opened === 'save' ? <SaveViewDialog filter={filter} onClose={close} /> : null}
      {opened === 'manage' ? <ViewsDialog onClose={close} /> : null}
    </>
  );
}

/** A view in the address, in place of whatever was there. */
function urlOf({ filter: { search, actorKind, outcome, noun, range } }: AuditView): Parameters<SetAuditFilter>[0] {
  return {
    search: search ?? null,
    by: actorKind ?? null,
    outcome: outcome ?? null,
    noun: noun ?? null,
    range: range ?? null,
  };
}

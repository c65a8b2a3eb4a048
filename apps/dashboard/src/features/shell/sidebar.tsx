'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { paths } from '../../lib/paths.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { InboxBadge } from '../inbox/inbox-badge.tsx';
import { openPalette } from '../palette/open-palette.ts';
import { SignOutButton } from '../session/sign-out-button.tsx';
import { useIdentity } from '../session/use-identity.ts';
import { WorkspaceSwitcher } from '../workspace/workspace-switcher.tsx';
import { Brand } from './brand.tsx';
import { LiveBadge } from './live-provider.tsx';
import { isIn, rooms } from './rooms.ts';
import { ThemeSwitch } from './theme-switch.tsx';

export function Sidebar() {
  return (
    <aside aria-label="Clawster" className="hidden w-56 shrink-0 flex-col border-r border-line bg-ground md:flex">
      <div className="flex h-14 items-center gap-1 pr-3 pl-4">
        <Link href={paths.home} aria-label="Clawster">
          <Brand />
        </Link>
        <WorkspaceSwitcher />
      </div>
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={openPalette}
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm text-muted hover:border-line-strong"
        >
          <Search aria-hidden className="size-3.5" /> Find or do{' '}
          <span className="ml-auto">
            <Kbd>⌘K</Kbd>
          </span>
        </button>
      </div>
      <nav aria-label="Rooms" className="flex-1 space-y-0.5 px-3">
        <RoomLinks />
      </nav>
      <div className="space-y-2 border-t border-line p-3">
        <div className="flex items-center justify-between">
          <LiveBadge />
          <ThemeSwitch />
        </div>
        <Who />
      </div>
    </aside>
  );
}

function RoomLinks() {
  const pathname = usePathname();
  return rooms.map(({ name, path, icon: Icon }) => {
    const here = isIn(pathname, path);
    return (
      <Link
        key={path}
        href={path}
        aria-current={here ? 'page' : undefined}
        className={`flex h-8 items-center gap-2.5 rounded-md px-2 text-sm font-medium transition-colors ${here ? 'bg-hover text-text' : 'text-muted hover:bg-hover hover:text-text'}`}
      >
        <Icon aria-hidden className="size-4" />
        {name}
        {path === paths.inbox() ? <InboxBadge /> : null}
      </Link>
    );
  });
}

function Who() {
  const identity = useIdentity();
  const name = identity?.caller.kind === 'person' ? identity.caller.person.name : identity?.caller.name;
  return (
    <div className="flex h-9 items-center gap-2">
      <span className="min-w-0 flex-1 text-sm leading-tight">
        <span className="block truncate font-medium">{name ?? ' '}</span>
        <span className="block text-xs text-muted">{identity?.role ?? ' '}</span>
      </span>
      <SignOutButton />
    </div>
  );
}

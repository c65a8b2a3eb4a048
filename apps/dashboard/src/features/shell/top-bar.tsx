'use client';

import { Search } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { paths } from '../../lib/paths.ts';
import { IconButton } from '../../ui/button.tsx';
import { InboxBadge } from '../inbox/inbox-badge.tsx';
import { openPalette } from '../palette/open-palette.ts';
import { SignOutButton } from '../session/sign-out-button.tsx';
import { WorkspaceSwitcher } from '../workspace/workspace-switcher.tsx';
import { Brand } from './brand.tsx';
import { LiveBadge } from './live-provider.tsx';
import { isIn, rooms } from './rooms.ts';
import { ThemeSwitch } from './theme-switch.tsx';

/** The rooms on a narrow screen. */
export function TopBar() {
  const pathname = usePathname();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <header className="border-b border-line bg-ground md:hidden">
      <div className="flex h-12 items-center gap-1 px-3">
        <Link href={paths.home} aria-label="Clawster">
          <Brand />
        </Link>
        <WorkspaceSwitcher />
        <span className="mx-2 min-w-[4.75rem] text-right">
          <LiveBadge />
        </span>
        <IconButton label="Find or do" onClick={openPalette}>
          <Search />
        </IconButton>
        <ThemeSwitch />
        <SignOutButton />
      </div>
      <nav ref={nav} aria-label="Rooms" className="flex gap-1 overflow-x-auto px-2 pb-2">
        {rooms.map(({ name, path }) => {
          const here = isIn(pathname, path);
          return (
            <Link
              key={path}
              href={path}
              aria-current={here ? 'page' : undefined}
              className={`rounded-md px-2.5 py-1 text-sm font-medium whitespace-nowrap ${here ? 'bg-hover text-text' : 'text-muted'}`}
            >
              {name} {path === paths.inbox() ? <InboxBadge /> : null}
            </Link>
          );
        })}
      </nav>
    </header>
  );
}

import { useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { WorkspaceName } from './workspace-name.tsx';

const look = 'flex h-8 min-w-0 flex-1 items-center gap-1 rounded-md px-1.5 font-semibold';
const WorkspaceMenu = lazily(
  () => import('./workspace-menu.tsx').then((module) => module.WorkspaceMenu),
  <span className={look}>
    <WorkspaceName />
  </span>,
);

/** Names the workspace, and opens the menu of the others; the menu's code is fetched when it is first asked for. */
export function WorkspaceSwitcher() {
  const [asked, setAsked] = useState(false);
  if (asked) return <WorkspaceMenu className={`${look} hover:bg-hover`} />;
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-expanded={false}
      className={`${look} hover:bg-hover`}
      onClick={() => setAsked(true)}
    >
      <WorkspaceName />
    </button>
  );
}

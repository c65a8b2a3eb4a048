'use client';

import { LogOut } from 'lucide-react';
import { client } from '../../lib/client.ts';
import { paths } from '../../lib/paths.ts';
import { tellTrouble } from '../../lib/toast.ts';
import { IconButton } from '../../ui/button.tsx';

export function SignOutButton() {
  // A full load forgets everything that was fetched for the person who leaves.
  const signOut = () => client.sessions.signOut().then(() => window.location.assign(paths.signIn()), tellTrouble);
  return (
    <IconButton label="Sign out" onClick={() => void signOut()}>
      <LogOut />
    </IconButton>
  );
}

'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { paths } from '../../lib/paths.ts';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { rooms } from '../shell/rooms.ts';
import { openPalette } from './open-palette.ts';

const Palette = dynamic(() => import('./palette.tsx').then((module) => module.Palette), { ssr: false });
const KeysHelp = dynamic(() => import('./keys-help.tsx').then((module) => module.KeysHelp), { ssr: false });

/** Listens for the keys that work everywhere. */
export function Commands() {
  const [shown, setShown] = useState<'palette' | 'keys'>();
  useEffect(() => {
    const show = () => setShown('palette');
    window.addEventListener('clawster:palette', show);
    return () => window.removeEventListener('clawster:palette', show);
  }, []);
  useHotkey(
    'k',
    (event) => {
      event.preventDefault();
      openPalette();
    },
    { command: true },
  );
  useHotkey('?', () => setShown('keys'));
  useGoKeys();
  const close = () => setShown(undefined);
  return (
    <>
      {shown === 'palette' ? <Palette onClose={close} onKeys={() => setShown('keys')} /> : null}
      {shown === 'keys' ? <KeysHelp onClose={close} /> : null}
    </>
  );
}

/** `g` and then a room's letter goes there; `n` makes a bot. */
function useGoKeys(): void {
  const router = useRouter();
  const goAt = useRef(0);
  useHotkey('g', () => void (goAt.current = Date.now()));
  useHotkey('n', () => router.push(paths.newBot));
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const room = rooms.find(({ key }) => key === event.key);
      if (room && Date.now() - goAt.current < 1000 && !event.metaKey && !event.ctrlKey) router.push(room.path);
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [router]);
}

'use client';

import { useRouter } from 'next/navigation';
import type { ListedBot } from '@clawster/contract/bot';
import { useEffect, useRef, useState } from 'react';
import { lazily } from '../../lib/lazily.tsx';
import { paths } from '../../lib/paths.ts';
import { useHotkey } from '../../lib/use-hotkey.ts';
import { onHaltAsked } from '../fleet/open-halt.ts';
import { rooms } from '../shell/rooms.ts';
import { openPalette } from './open-palette.ts';

const PaletteOrKeys = lazily(() => import('./palette-or-keys.tsx').then((module) => module.PaletteOrKeys));
const HaltDialog = lazily(() => import('../fleet/halt-dialog.tsx').then((module) => module.HaltDialog));

/** Listens for the keys that work everywhere. */
export function Commands() {
  const [shown, setShown] = useState<'palette' | 'keys'>();
  useEffect(() => {
    const show = () => setShown('palette');
    window.addEventListener('clawster:palette', show);
    return () => window.removeEventListener('clawster:palette', show);
  }, []);
  const [halting, setHalting] = useState<readonly ListedBot[]>();
  useEffect(() => onHaltAsked(setHalting), []);
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
      {shown ? <PaletteOrKeys shown={shown} onClose={close} onKeys={() => setShown('keys')} /> : null}
      {halting ? <HaltDialog bots={halting} onClose={() => setHalting(undefined)} /> : null}
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

'use client';

import { Contrast } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useSyncExternalStore } from 'react';
import { IconButton } from '../../ui/button.tsx';

const order = ['system', 'light', 'dark'] as const;
type Theme = (typeof order)[number];

/** Light, dark or as the system has it. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const inBrowser = useInBrowser();
  const current: Theme = inBrowser ? (order.find((name) => name === theme) ?? 'system') : 'system';
  const next = order[(order.indexOf(current) + 1) % order.length] ?? 'system';
  return (
    <IconButton label={`Theme: ${current}; change to ${next}`} onClick={() => setTheme(next)}>
      <Contrast />
    </IconButton>
  );
}

const never = () => () => undefined;

/** The theme is the browser's to know: what the server rendered is taken over first. */
function useInBrowser(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}

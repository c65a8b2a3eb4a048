'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useTheme } from 'next-themes';
import { useEffect, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';

const order = ['system', 'light', 'dark'] as const;
type Theme = (typeof order)[number];
const icons = { system: Monitor, light: Sun, dark: Moon };

/** Light, dark or as the system has it. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const current: Theme = mounted ? (order.find((name) => name === theme) ?? 'system') : 'system';
  const next = order[(order.indexOf(current) + 1) % order.length] ?? 'system';
  const Icon = icons[current];
  return (
    <IconButton label={`Theme: ${current}; change to ${next}`} onClick={() => setTheme(next)}>
      <Icon />
    </IconButton>
  );
}

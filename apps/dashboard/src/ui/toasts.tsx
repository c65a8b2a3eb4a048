'use client';

import { useTheme } from 'next-themes';
import dynamic from 'next/dynamic';

const Toaster = dynamic(() => import('sonner').then((module) => module.Toaster), { ssr: false });

export function Toasts() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-right"
      closeButton
      toastOptions={{ style: { fontFamily: 'inherit' } }}
    />
  );
}

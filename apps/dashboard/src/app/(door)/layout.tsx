import type { ReactNode } from 'react';
import { Brand } from '../../features/shell/brand.tsx';
import { StateBanner } from '../../features/shell/state-banner.tsx';

export default function DoorLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <StateBanner />
      <main className="flex min-h-dvh flex-col items-center px-4 pt-[10vh] pb-12">
        <div className="w-full max-w-sm">
          <Brand className="mb-6 size-9" />
          {children}
        </div>
      </main>
    </>
  );
}

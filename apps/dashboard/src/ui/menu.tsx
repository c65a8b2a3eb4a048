'use client';

import { Menu as Base } from '@base-ui/react/menu';
import { Ellipsis } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { buttonLook } from './button-look.ts';

/** What is needed less often, behind one button; arrows, letters and Escape work as in any menu. */
export function Menu({ label, children }: { label: string; children: ReactNode }) {
  const here = useRef<HTMLDivElement>(null);
  return (
    <Base.Root>
      <Base.Trigger className={buttonLook('plain', 'data-popup-open:bg-hover')}>
        <Ellipsis aria-hidden />
        {label}
      </Base.Trigger>
      {/* Beside its button, so that it belongs to the same part of the page. */}
      <div ref={here} className="contents" />
      <Base.Portal container={here}>
        <Base.Positioner positionMethod="fixed" sideOffset={6} align="end" className="z-40">
          <Base.Popup className="w-72 max-w-[calc(100vw-1.5rem)] rounded-lg border border-line bg-raised p-1 shadow-raised outline-none transition-opacity data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type MenuItemProps = {
  icon: ReactNode;
  title: string;
  /** What it does, in a few words. */
  hint: string;
  /** Why it cannot be chosen now; it stays reachable and says so. */
  whyNot?: string | undefined;
  danger?: boolean;
  onChoose: () => void;
};

export function MenuItem({ icon, title, hint, whyNot, danger = false, onChoose }: MenuItemProps) {
  const isOff = whyNot !== undefined;
  return (
    <Base.Item
      label={title}
      disabled={isOff}
      onClick={onChoose}
      className={`flex items-start gap-2.5 rounded-md px-2.5 py-1.5 outline-none select-none data-highlighted:bg-hover [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0 ${isOff ? 'cursor-not-allowed text-muted' : danger ? 'cursor-pointer text-bad' : 'cursor-pointer'}`}
    >
      {icon}
      <span className="min-w-0">
        <span className="block text-sm font-medium">{title}</span>
        <span className="block text-xs text-muted">{whyNot ?? hint}</span>
      </span>
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />;
}

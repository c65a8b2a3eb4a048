import type { ReactNode } from 'react';
import type { Look } from './button-look.ts';
import { Button } from './button.tsx';

type DialogButtonsProps = {
  onCancel: () => void;
  /** What does it where there is no form to submit. */
  onDo?: () => void;
  look?: Look;
  busy: boolean;
  /** Why it cannot be done now. */
  whyNot?: string | undefined;
  /** What the button does. */
  children: ReactNode;
};

/** How a dialog ends that asks for something: the way out, and the button that does it. */
export function DialogButtons({ onCancel, onDo, look = 'primary', busy, whyNot, children }: DialogButtonsProps) {
  return (
    <div className="flex justify-end gap-2">
      <Button look="quiet" onClick={onCancel}>
        Cancel
      </Button>
      <Button type={onDo ? 'button' : 'submit'} look={look} busy={busy} whyNot={whyNot} onClick={onDo}>
        {children}
      </Button>
    </div>
  );
}

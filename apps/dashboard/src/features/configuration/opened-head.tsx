import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';

type OpenedHeadProps = { title: string; onClose: () => void; children?: ReactNode };

/** Above what was opened in a list: the way back to it, its name, and what can be done with it. */
export function OpenedHead({ title, onClose, children }: OpenedHeadProps) {
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button look="quiet" icon={<ArrowLeft />} onClick={onClose}>
        Back
      </Button>
      <h2 className="min-w-0 flex-1 basis-32 text-lg font-semibold break-words">{title}</h2>
      {children}
    </div>
  );
}

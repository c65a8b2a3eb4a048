import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';
import { Dialog } from './dialog.tsx';

type ShownOnceProps = { title: string; lead: ReactNode; what: string; value: string; onClose: () => void };

/** Shows what cannot be looked up later (`what`: a key, a link), the one time there is. */
export function ShownOnceDialog({ title, lead, what, value, onClose }: ShownOnceProps) {
  return (
    <Dialog open onClose={onClose} title={title} lead={lead}>
      <code className="mb-4 block rounded-md border border-line bg-ground p-3 font-mono text-sm break-all select-all">
        {value}
      </code>
      <div className="flex justify-end gap-2">
        <CopyButton text={() => value} label={`Copy the ${what}`} />
        <Button look="primary" onClick={onClose}>
          I have it
        </Button>
      </div>
    </Dialog>
  );
}

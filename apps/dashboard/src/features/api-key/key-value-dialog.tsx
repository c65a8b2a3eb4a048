import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

/** Shows a key's value, the one time there is. */
export function KeyValueDialog({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Copy the key now"
      lead="It is shown this once. Only its hash is kept, so nobody can look it up later."
    >
      <code className="mb-4 block rounded-md border border-line bg-ground p-3 font-mono text-sm break-all select-all">
        {value}
      </code>
      <div className="flex justify-end gap-2">
        <CopyButton text={() => value} label="Copy the key" />
        <Button look="primary" onClick={onClose}>
          I have it
        </Button>
      </div>
    </Dialog>
  );
}

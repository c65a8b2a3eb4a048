import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';

type TokenDialogProps = { value: string; baseUrl: string; onClose: () => void };

/** Shows a directory's token, the one time there is. */
export function TokenDialog({ value, baseUrl, onClose }: TokenDialogProps) {
  return (
    <Dialog
      open
      onClose={onClose}
      title="Copy the token now"
      lead={`Enter it in the directory, with the base URL ${baseUrl}. It is shown this once: only its hash is kept.`}
    >
      <code className="mb-4 block rounded-md border border-line bg-ground p-3 font-mono text-sm break-all select-all">
        {value}
      </code>
      <div className="flex justify-end gap-2">
        <CopyButton text={() => value} label="Copy the token" />
        <Button look="primary" onClick={onClose}>
          I have it
        </Button>
      </div>
    </Dialog>
  );
}

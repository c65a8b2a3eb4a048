import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx';

type TokenDialogProps = { value: string; baseUrl: string; onClose: () => void };

/** Shows a directory's token, the one time there is. */
export function TokenDialog({ value, baseUrl, onClose }: TokenDialogProps) {
  return (
    <ShownOnceDialog
      title="Copy the token now"
      lead={`Enter it in the directory, with the base URL ${baseUrl}. It is shown this once: only its hash is kept.`}
      what="token"
      value={value}
      onClose={onClose}
    />
  );
}

import { ShownOnceDialog } from '../../ui/shown-once-dialog.tsx';

/** Shows a key's value, the one time there is. */
export function KeyValueDialog({ value, onClose }: { value: string; onClose: () => void }) {
  return (
    <ShownOnceDialog
      title="Copy the key now"
      lead="It is shown this once. Only its hash is kept, so nobody can look it up later."
      what="key"
      value={value}
      onClose={onClose}
    />
  );
}

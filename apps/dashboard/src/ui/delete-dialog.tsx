import { sentenceOf } from '../lib/sentence.ts';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { FormProblem } from './field.tsx';

type DeleteDialogProps = {
  title: string;
  /** What is lost with it, and who loses it. */
  lead: string;
  verb: string;
  /** What deletes it; why it was refused is told. */
  remove: { mutate: () => void; isPending: boolean; error: Error | null };
  onClose: () => void;
};

/** Asks once more before something is deleted. */
export function DeleteDialog({ title, lead, verb, remove, onClose }: DeleteDialogProps) {
  return (
    <Dialog open onClose={onClose} title={title} lead={lead}>
      <FormProblem message={remove.error ? sentenceOf(remove.error) : undefined} />
      <div className="mt-4 flex justify-end gap-2">
        <Button look="quiet" onClick={onClose}>
          Cancel
        </Button>
        <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
          {verb}
        </Button>
      </div>
    </Dialog>
  );
}

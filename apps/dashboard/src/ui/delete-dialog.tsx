import { sentenceOf } from '../lib/sentence.ts';
import { DialogButtons } from './dialog-buttons.tsx';
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
      <div className="mt-4">
        <DialogButtons look="danger" busy={remove.isPending} onDo={() => remove.mutate()} onCancel={onClose}>
          {verb}
        </DialogButtons>
      </div>
    </Dialog>
  );
}

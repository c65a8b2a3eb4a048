import { Button } from '../../../ui/button.tsx';

type StepButtonsProps = {
  onBack?: () => void;
  onNext?: () => void;
  next?: string;
  busy?: boolean;
  whyNot?: string | undefined;
  submit?: boolean;
};

export function StepButtons({
  onBack,
  onNext,
  next = 'Continue',
  busy = false,
  whyNot,
  submit = false,
}: StepButtonsProps) {
  return (
    <div className="mt-6 flex justify-between">
      {onBack ? (
        <Button look="quiet" onClick={onBack}>
          Back
        </Button>
      ) : (
        <span />
      )}
      <Button
        look="primary"
        type={submit ? 'submit' : 'button'}
        busy={busy}
        whyNot={whyNot}
        onClick={onNext}
        autoFocus={!submit}
      >
        {next}
      </Button>
    </div>
  );
}

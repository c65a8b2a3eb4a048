import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Noun } from './query.ts';
import { tell, tellTrouble, type ToastAction } from './toast.ts';

type Change<Input, Output> = {
  call: (input: Input) => Promise<Output>;
  /** What is asked for anew once it is done. */
  nouns: readonly Noun[];
  /** What is told in passing, and the way back where there is one. */
  said?: (output: Output, input: Input) => string | [string, ToastAction] | undefined;
  onDone?: (output: Output) => void;
  /** Nothing else on the page says why it was refused. */
  tellsTrouble?: true;
};

/** A change of something: what it touches is asked for anew, it is told, and then whatever follows is done. */
export function useChange<Output, Input = void>({ call, nouns, said, onDone, tellsTrouble }: Change<Input, Output>) {
  const queryClient = useQueryClient();
  return useMutation<Output, Error, Input>({
    mutationFn: call,
    onSuccess: async (output, input) => {
      await Promise.all(nouns.map((noun) => queryClient.invalidateQueries({ queryKey: [noun] })));
      const words = said?.(output, input);
      if (typeof words === 'string') tell(words);
      else if (words) tell(...words);
      onDone?.(output);
    },
    onError: tellsTrouble ? tellTrouble : () => undefined,
  });
}

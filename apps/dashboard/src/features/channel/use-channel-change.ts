import { useMutation, useQueryClient } from '@tanstack/react-query';

type Change<Input, Result> = {
  change: (input: Input) => Promise<Result>;
  onDone: (result: Result) => void;
};

/** Changes a channel and has all that tells of one asked anew. */
export function useChannelChange<Result, Input = void>({ change, onDone }: Change<Input, Result>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (result) => {
      for (const noun of ['channels', 'secrets', 'configurations'])
        void queryClient.invalidateQueries({ queryKey: [noun] });
      onDone(result);
    },
  });
}

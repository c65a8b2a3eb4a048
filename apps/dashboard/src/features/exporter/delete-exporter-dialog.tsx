'use client';

import type { Exporter } from '@clawster/contract/exporter';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { client } from '../../lib/client.ts';
import { tell } from '../../lib/toast.ts';
import { DeleteDialog } from '../../ui/delete-dialog.tsx';

type Props = { exporter: Exporter; onClose: () => void };

/** Asks once more; what was sent stays with the other tool. */
export function DeleteExporterDialog({ exporter: { id, name }, onClose }: Props) {
  const queryClient = useQueryClient();
  const remove = useMutation({
    mutationFn: () => client.exporters.delete({ exporterId: id }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['exporters'] });
      tell(`Nothing is sent to ${name} any more.`);
      onClose();
    },
  });
  return (
    <DeleteDialog
      title={`Delete ${name}?`}
      lead="Nothing is sent there any more. What was sent stays there, and another exporter does not send it again."
      verb="Delete the exporter"
      remove={remove}
      onClose={onClose}
    />
  );
}

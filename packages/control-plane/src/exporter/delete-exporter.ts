import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { releaseSecrets } from '../secret/secret-use.ts';
import { getExporter } from './exporter.queries.ts';

/** Sends nothing there any more; its headers are deleted unless something else uses them. */
export const deleteExporter = command(api.exporters.delete, async (context, { exporterId }) => {
  const { tx, record } = context;
  const { name, endpoint, sentSpans } = await getExporter(tx, exporterId);
  await releaseSecrets(context, { ownerKind: 'exporter', ownerId: exporterId });
  await tx.deleteFrom('exporter').where('id', '=', exporterId).execute();
  await record({
    type: 'exporter-deleted',
    subjectId: exporterId,
    subjectName: name,
    detail: { endpoint, sentSpans },
  });
  return {};
});

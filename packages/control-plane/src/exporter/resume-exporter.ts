import { api } from '@clawster/contract/api';
import { command } from '../command.ts';
import { getExporter, toExporter, triedAnew } from './exporter.queries.ts';

/** Tries again at once, from where it stopped. */
export const resumeExporter = command(api.exporters.resume, async ({ tx, record }, { exporterId }) => {
  const { name, trouble } = await getExporter(tx, exporterId);
  await tx.updateTable('exporter').set(triedAnew).where('id', '=', exporterId).execute();
  await record({ type: 'exporter-resumed', subjectId: exporterId, subjectName: name, detail: { trouble } });
  return toExporter(await getExporter(tx, exporterId));
});

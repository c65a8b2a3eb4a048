import { api } from '@clawster/contract/api';
import { changesOf } from '@clawster/domain/audit/changes';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { type ExporterRow, getExporter, toExporter, triedAnew } from './exporter.queries.ts';
import { refuseSettings } from './refuse-settings.ts';
import { setHeaders } from './set-headers.ts';

/** Changes where and what is sent; it goes on from the span it had come to. */
export const updateExporter = command(api.exporters.update, async (context, input) => {
  const { tx, caller, record } = context;
  const { exporterId, headers, headersSecretId, ...given } = input;
  const before = await getExporter(tx, exporterId);
  const said = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const after = { ...settingsOf(before), ...said };
  refuseSettings(caller, after);
  const isNew = Boolean(headers ?? headersSecretId);
  if (after.endpoint !== before.endpoint && before.hasHeaders && !isNew) {
    const message = 'Enter the headers again: those that are kept are only sent to the address they were entered for';
    throw Refusal.at('headers', 'refused', message);
  }
  await unlessNameTaken('exporter', after.name, () =>
    tx
      .updateTable('exporter')
      .set({ ...after, percent: String(after.percent), ...triedAnew })
      .where('id', '=', exporterId)
      .execute(),
  );
  await setHeaders(context, { id: exporterId, name: after.name }, input);
  const kept = before.hasHeaders ? 'those there were' : 'none';
  await record({
    type: 'exporter-updated',
    subjectId: exporterId,
    subjectName: after.name,
    detail: changesOf({ ...settingsOf(before), headers: kept }, { ...after, headers: isNew ? 'others' : kept }),
  });
  return toExporter(await getExporter(tx, exporterId));
});

function settingsOf({ name, endpoint, traces, metrics, withText, percent }: ExporterRow) {
  return { name, endpoint, traces, metrics, withText, percent: Number(percent) };
}

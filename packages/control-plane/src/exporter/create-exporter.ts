import { api } from '@clawster/contract/api';
import { Refusal } from '@clawster/domain/refusal';
import { command } from '../command.ts';
import { unlessNameTaken } from '../unless-name-taken.ts';
import { getExporter, selectExporters, toExporter } from './exporter.queries.ts';
import { isVisible } from '../is-visible.ts';
import { refuseSettings } from './refuse-settings.ts';
import { setHeaders } from './set-headers.ts';

const exportersMax = 20;

/** Sends what is stored from now on to another tool. */
export const createExporter = command(api.exporters.create, async (context, input) => {
  const { tx, caller, record } = context;
  const { name, endpoint, traces, metrics, withText, percent } = input;
  refuseSettings(caller, input);
  const there = await selectExporters(tx).where(isVisible('exporter')).execute();
  if (there.length >= exportersMax) throw new Refusal('refused', `A workspace has ${exportersMax} exporters at most`);
  const values = { workspaceId: caller.workspaceId, name, endpoint, traces, metrics, withText, percent };
  const { id } = await unlessNameTaken('exporter', name, () =>
    tx.insertInto('exporter').values(values).returning('id').executeTakeFirstOrThrow(),
  );
  await setHeaders(context, { id, name }, input);
  const row = await getExporter(tx, id);
  const detail = { endpoint, traces, metrics, withText, percent, hasHeaders: row.hasHeaders };
  await record({ type: 'exporter-created', subjectId: id, subjectName: name, detail });
  return toExporter(row);
});

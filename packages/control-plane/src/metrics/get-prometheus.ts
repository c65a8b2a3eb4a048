import { api } from '@clawster/contract/api';
import type { Caller } from '../caller.ts';
import { admit, parseInput } from '../enter.ts';
import type { FileAnswer } from '../file-answer.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { prometheusText } from './prometheus-text.ts';
import { readFigures } from './read-figures.ts';

/** The figures of the bots a caller sees, as Prometheus reads them. */
export async function getPrometheus(plane: ControlPlane, caller: Caller, raw: unknown): Promise<FileAnswer> {
  const admitted = admit(api.metrics.prometheus, caller);
  parseInput(api.metrics.prometheus, raw);
  const figures = await readAs(plane, admitted, (tx) => readFigures(tx, admitted.workspaceId));
  return { name: 'metrics.txt', contentType: 'text/plain; version=0.0.4', parts: prometheusText(figures) };
}

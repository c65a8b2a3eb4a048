import { isOver } from '@clawster/domain/delegation/step';
import { asRead } from '../team/material.ts';
import { taintCaller } from '../team/session-origin.ts';
import type { ToolAnswer } from '../team/team-call.ts';
import type { DelegationRow } from './delegation-row.ts';
import { taskGiven } from './own-task.ts';
import { sayResult } from './say-result.ts';
import { takeResult } from './take-result.ts';

/** How a task goes that was given away; with its result, where there is one, which then is not told again. */
export const answerTaskStatus: ToolAnswer<'task_status'> = async (context, { task_id: id }) => {
  const row = await taskGiven(context, id);
  if (!isOver(row.state)) {
    if (row.untrusted) await taintCaller(context);
    return { text: sayState(row) };
  }
  await takeResult(context.tx, { ...row, fromSession: context.caller.session ?? row.fromSession });
  return { text: sayResult(row) };
};

function sayState({ state, title, reason, toName, progress, untrusted }: DelegationRow): string {
  const said = progress as { text: string; percent?: number } | null;
  const percent = said?.percent === undefined ? '' : ` (${said.percent} %)`;
  const far = said ? ` It says${percent}: ${asRead(said.text, { untrusted })}` : '';
  const what = untrusted ? 'The task' : `“${title}”`;
  return `${what} is ${state}${toName ? `, with ${toName}` : ''}: ${reason}.${far}`;
}

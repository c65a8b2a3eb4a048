import type { CliCommand } from './command.ts';
import { goalActs } from './commands/goal/act.ts';
import { create as createGoal } from './commands/goal/create.ts';
import { list as listGoals } from './commands/goal/list.ts';
import { plan } from './commands/goal/plan.ts';
import { show as showGoal } from './commands/goal/show.ts';
import { cancel, finish, retry, update as updateTask } from './commands/task/act.ts';
import { list as listTasks } from './commands/task/list.ts';
import { create } from './commands/team/create.ts';
import { deleteTeam } from './commands/team/delete.ts';
import { deploy } from './commands/team/deploy.ts';
import { flow } from './commands/team/flow.ts';
import { list } from './commands/team/list.ts';
import { removeMember, setMember } from './commands/team/member.ts';
import { show } from './commands/team/show.ts';
import { templates } from './commands/team/templates.ts';
import { update } from './commands/team/update.ts';

const teamCommands: CliCommand[] = [
  list,
  show,
  create,
  update,
  deleteTeam,
  templates,
  deploy,
  setMember,
  removeMember,
  flow,
];
const taskCommands: CliCommand[] = [listTasks, updateTask, cancel, retry, finish];

/** Teams, what they are to reach, and the tasks of it. */
export const goalCommands: CliCommand[] = [
  ...teamCommands,
  listGoals,
  showGoal,
  createGoal,
  plan,
  ...goalActs,
  ...taskCommands,
];

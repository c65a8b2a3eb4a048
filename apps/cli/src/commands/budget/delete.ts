import { z } from 'zod';
import { cliCommand } from '../../command.ts';
import { findBudget } from './find-budget.ts';

export const deleteBudget = cliCommand({
  usage: 'budget delete <budget>',
  summary: 'Delete a budget; its bots go on without it',
  input: z.object({ budget: z.string() }),
  async run({ client }, { budget }) {
    const { id, name } = await findBudget(client, budget);
    await client.budgets.delete({ budgetId: id });
    return { name };
  },
  show: ({ name }) => `The budget ${name} is deleted.`,
});

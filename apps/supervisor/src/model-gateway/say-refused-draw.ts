import type { SharedBudget } from '@clawster/link/budget';

/** Why nothing more is allowed: nothing is left, others have what is left, or nobody could be asked. */
export type WhyNoDraw = 'spent' | 'reserved' | 'away' | 'older' | 'gone';

const of = { day: 'today', week: 'this week', month: 'this month' };

/** What a person is told whose bot may spend no more of a budget. */
export function sayRefusedDraw({ name, period }: SharedBudget, why: WhyNoDraw, endsAt: string | undefined): string {
  switch (why) {
    case 'spent':
      return `The budget ${name} of ${of[period]} is spent${endsAt ? `; its bots go on again ${sayWhen(endsAt)}` : ''}. Who may manage budgets can lift it under Cost, Budgets`;
    case 'reserved':
      return `What is left of the budget ${name} of ${of[period]} is with other bots that may still spend it. Try again in a minute, or have it lifted under Cost, Budgets`;
    case 'away':
      return `This bot has spent what it was allowed of the budget ${name}, and Clawster cannot be asked for more right now. It goes on when the link is back`;
    case 'older':
      return `This bot has spent what it was allowed of the budget ${name}, and its Clawster server is too old to allow more. Update the server`;
    case 'gone':
      return `The budget ${name} is being changed. Try again in a moment`;
  }
}

function sayWhen(endsAt: string): string {
  const day = new Date(endsAt).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const time = new Date(endsAt).toISOString().slice(11, 16);
  return `on ${day} at ${time} UTC`;
}

/** How sessions of delegations, and of goals, begin. */
export const taskPrefix = 'agent:main:clawster-task:';
export const goalPrefix = 'agent:main:clawster-goal:';
const chatPrefix = 'agent:main:clawster:';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** What conversation a session of a bot is. `channel` names where it is held; `else`: nobody knows who is on the other side. */
export type SessionKind =
  | { kind: 'task'; delegationId: string }
  | { kind: 'goal'; goalId: string }
  | { kind: 'chat' }
  | { kind: 'channel'; channel: string }
  | { kind: 'else' };

/** The conversation in which a bot works at a delegation. */
export function taskSession(delegationId: string): string {
  return `${taskPrefix}${delegationId}`;
}

/** The conversation in which a lead is talked with about a goal. */
export function goalSession(goalId: string): string {
  return `${goalPrefix}${goalId}`;
}

/** The conversation that people have with a bot here. */
export function chatSession(conversation: string): string {
  return `${chatPrefix}${conversation}`;
}

/** What conversation this is, by its key alone. */
export function sessionKind(session: string | undefined): SessionKind {
  if (session === undefined) return { kind: 'else' };
  const after = (prefix: string) => (session.startsWith(prefix) ? session.slice(prefix.length) : undefined);
  const delegationId = after(taskPrefix);
  if (delegationId !== undefined) return uuid.test(delegationId) ? { kind: 'task', delegationId } : { kind: 'else' };
  const goalId = after(goalPrefix);
  if (goalId !== undefined) return uuid.test(goalId) ? { kind: 'goal', goalId } : { kind: 'else' };
  if (after(chatPrefix) !== undefined) return { kind: 'chat' };
  const [, , channel, ...rest] = session.split(':');
  return channel && rest.length > 0 ? { kind: 'channel', channel } : { kind: 'else' };
}

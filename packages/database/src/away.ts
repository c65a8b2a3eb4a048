import { DatabaseTrouble } from './trouble.ts';

/** PostgreSQL's words for: the disk is full · it cannot be written · this server is a standby, or was set to read only. */
const readOnlyReasons: Record<string, string> = {
  '53100': "The database's disk is full: free some space there, and changes are taken again by themselves",
  '58030': "The database's disk cannot be written: look at its log and its disk; changes are taken again once it can",
  '25006': 'The database takes no changes, as a standby does: changes are taken again once it is the primary',
};

/** Why the database takes no change just now, when that is what this error says. */
export function whyReadOnly(error: unknown): string | undefined {
  return readOnlyReasons[(error as { code?: string } | undefined)?.code ?? ''];
}

/**
 * Whether an error says that the database is away or too slow: classes 08 (connection), 57P (shutting down) and 53 (out
 * of resources), a statement or a wait for a lock that took too long, a session that was ended, a connection that broke.
 */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof DatabaseTrouble) return true;
  const { code = '', message = '', syscall } = (error ?? {}) as { code?: string; message?: string; syscall?: string };
  return (
    /^(08...|57P..|53...|57014|55P03|25P03)$/.test(code) ||
    syscall === 'connect' ||
    /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/.test(
      message,
    )
  );
}

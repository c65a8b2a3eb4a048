/** Whether the database refused a write because of this unique index or constraint. */
export function violates(error: unknown, constraint: string): boolean {
  const { code, constraint: broken } = error as { code?: string; constraint?: string };
  return broken === constraint && (code?.startsWith('23') ?? false);
}

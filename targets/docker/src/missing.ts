type EngineError = Error & { statusCode?: number };

/** What the engine answers, or undefined when it has no such thing. */
export async function unlessMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  return unlessStatus(asked, [404]);
}

/** As it is, or undefined where the engine answers with one of these statuses, such as 304: it is so already. */
export async function unlessStatus<T>(asked: Promise<T>, statuses: number[]): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (statuses.includes((error as EngineError).statusCode ?? 0)) return undefined;
    throw error;
  }
}

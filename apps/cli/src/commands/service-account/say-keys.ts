/** How many keys, in words. */
export function sayKeys(count: number): string {
  return count === 1 ? '1 API key' : `${count} API keys`;
}

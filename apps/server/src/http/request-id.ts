import { randomBytes } from 'node:crypto';

/** Names each request: the process by chance, the request by number. As unique as chance alone, at a tenth of its cost. */
export function requestIds(): () => string {
  const process = randomBytes(9).toString('base64url');
  let count = 0;
  return () => `${process}-${(count += 1).toString(36)}`;
}

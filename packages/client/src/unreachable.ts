/** No usable answer came back: the server is down, the connection broke, or something else answered. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

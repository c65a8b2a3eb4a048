/** The link of an invitation. After the `#` nothing is sent to a server, so the token reaches no log on the way. */
export function linkOf(controlPlaneUrl: string, token: string): string {
  return `${controlPlaneUrl}/invite#token=${token}`;
}

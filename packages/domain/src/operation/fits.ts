/** Why a state that one OpenClaw wrote cannot be read by another, or undefined when it can: they read what older ones wrote. */
export function whyNotFits(writtenBy: string, readBy: string): string | undefined {
  return isNewer(writtenBy, readBy)
    ? `The backup was taken with OpenClaw ${writtenBy}, and the bot runs the older ${readBy}: update the bot first`
    : undefined;
}

function isNewer(one: string, other: string): boolean {
  const [ours, theirs] = [one, other].map((version) => version.split('.').map(Number));
  for (const [index, part] of (ours ?? []).entries()) {
    const difference = part - (theirs?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return false;
}

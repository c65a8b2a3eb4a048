/** An hour of a target: which bots ran there, and what it costs; no price is an unknown one. */
export type TargetHour = { botIds: readonly string[]; usd: number | undefined };
/** What is booked to a bot; null is what no bot was there for. */
export type Booking = { botId: string | null; usd: number };

/**
 * Books a target's day. Each hour's price goes in equal parts to the bots that ran there; an amount that was imported for
 * the day stands in for the prices and is shared by the hours each bot was there. What was paid with no bot there is idle.
 */
export function allocateDay(hours: readonly TargetHour[], importedUsd?: number): Booking[] {
  const booked = new Map<string | null, number>();
  const book = (botId: string | null, usd: number) => booked.set(botId, (booked.get(botId) ?? 0) + usd);
  const botHours = hours.reduce((sum, { botIds }) => sum + botIds.length, 0);
  if (importedUsd !== undefined && botHours === 0) book(null, importedUsd);
  for (const { botIds, usd } of hours) {
    const part = importedUsd === undefined ? (usd ?? 0) / botIds.length : importedUsd / botHours;
    for (const botId of botIds) book(botId, part);
    if (botIds.length === 0 && importedUsd === undefined) book(null, usd ?? 0);
  }
  return [...booked].map(([botId, usd]) => ({ botId, usd })).filter(({ usd }) => usd > 0);
}

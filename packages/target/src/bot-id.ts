/** Whether the text can be a bot's id, and so a name that is not another place's. */
export function isBotId(text: string): boolean {
  return /^[A-Za-z0-9_-]{1,64}$/.test(text);
}

/** Refuses an id that could name another place, whoever made it. */
export function checkBotId(botId: string): void {
  if (!isBotId(botId)) throw new Error(`"${botId}" is not the id of a bot: it may hold only letters, digits, - and _`);
}

/** Whether the text can be a bot's id, and so a name that is not another place's, and no option of a command. */
export function isBotId(text: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(text);
}

/** Refuses an id that could name another place, whoever made it. */
export function checkBotId(botId: string): void {
  if (!isBotId(botId))
    throw new Error(
      `"${botId}" is not the id of a bot: it begins with a letter or a digit, and may hold only these, - and _`,
    );
}

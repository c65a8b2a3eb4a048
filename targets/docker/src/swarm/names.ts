/** The name of a bot's service, volume and network in a Swarm: another one than on an engine, which may be one of its nodes. */
export const nameOf = (botId: string): string => `clawster-swarm-${botId}`;

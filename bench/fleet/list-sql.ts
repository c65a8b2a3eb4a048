const stale = `bot.phase in ('ready', 'degraded')
  and coalesce(link.last_seen_at, link.disconnected_at, bot.phase_since) < now() - interval '50 seconds'`;
const currentPhase = `case when ${stale} then 'unknown' else bot.phase end`;

/** What the list of bots asks of the database, written by hand; row-level security comes on top of ours. */
export const listOfBots = {
  currentPhase,
  sql: ({ workspaceId, where, order }: { workspaceId: string; where: string; order: string }) => ({
    page: `select bot.id, bot.name, bot.target_id, bot.spec, bot.generation, bot.status, bot.phase_since,
        bot.state_kept_until, bot.created_at, bot.updated_at, target.name as target_name,
        connector.name as connector_name, bot.operation_id, operation.kind, link.last_seen_at,
        ${currentPhase} as current_phase, ${stale} as stale
      from bot join target on target.id = bot.target_id join connector on connector.id = bot.connector_id
      left join link on link.bot_id = bot.id left join operation on operation.id = bot.operation_id
      where bot.workspace_id = '${workspaceId}' and ${where} order by ${order}, bot.id limit 51`,
    total: `select count(*) from bot left join link on link.bot_id = bot.id
      where bot.workspace_id = '${workspaceId}' and ${where}`,
  }),
};

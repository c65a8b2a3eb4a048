import type { TeamFacts } from './facts.ts';
import { teamToolsOf, type TeamTool } from './team-tools.ts';

/** A bot's place in a team, as the bots' configurations are made of it. */
export type StoredMember = {
  botId: string;
  botName: string;
  title: string;
  capabilities: readonly string[];
  mayDelegate: boolean;
};
export type StoredTeam = {
  id: string;
  name: string;
  charter: string;
  leadId: string;
  /** By name, the lead among them. */
  members: readonly StoredMember[];
};

/** The team a bot is in; undefined: it is in none. */
export function teamOf(botId: string, teams: readonly StoredTeam[]): StoredTeam | undefined {
  return teams.find(({ members }) => members.some((member) => member.botId === botId));
}

/** What a bot is told of its team; undefined: it is in none. */
export function teamFactsOf(
  botId: string,
  teams: readonly StoredTeam[],
): (TeamFacts & { tools: TeamTool[] }) | undefined {
  const team = teamOf(botId, teams);
  const place = team?.members.find((member) => member.botId === botId);
  if (!team || !place) return undefined;
  const isLead = team.leadId === botId;
  return {
    name: team.name,
    charter: team.charter,
    title: place.title,
    isLead,
    tools: teamToolsOf({ isLead, mayDelegate: place.mayDelegate }),
    teammates: team.members
      .filter((member) => member !== place)
      .map(({ botName, title, capabilities, botId: id }) => ({
        name: botName,
        title,
        isLead: id === team.leadId,
        capabilities,
      })),
  };
}

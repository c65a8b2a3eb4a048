/** Another bot of the team, as a member is told of it. */
export type Teammate = { name: string; title: string; isLead: boolean; capabilities: readonly string[] };

/** What a bot is in its team, as far as its configuration says so. */
export type TeamFacts = {
  name: string;
  /** What the team is there for, and how it works. */
  charter: string;
  /** What this bot is in it, such as Support. */
  title: string;
  isLead: boolean;
  /** Names of the team's tools that are listed to it. With none, it is only told of the team. */
  tools: readonly string[];
  teammates: readonly Teammate[];
};

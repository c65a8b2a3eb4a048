/** A bot of the team, as far as it matters who is given a task. */
export type Candidate = {
  botId: string;
  name: string;
  isLead: boolean;
  capabilities: readonly string[];
  /** It can be given something now. */
  isUp: boolean;
  working: number;
  /** Since when it works at nothing; absent: it never did. */
  idleSince?: Date;
};
/** A bot, or whoever has the capability. */
export type Wanted = { botId: string } | { capability: string };

/** Those who may do it, whoever is least busy first: who is up before who is not, then fewest tasks, then longest idle. */
export function candidatesFor(
  wanted: Wanted,
  members: readonly Candidate[],
  { fromBotId, chain }: { fromBotId?: string | undefined; chain: readonly string[] },
): Candidate[] {
  return members
    .filter((member) => ('botId' in wanted ? member.botId === wanted.botId : can(member, wanted.capability)))
    .filter(({ botId }) => botId !== fromBotId && !chain.includes(botId))
    .toSorted(byLoad);
}

/** Whoever can take a task soonest comes first. */
export function byLoad(one: Candidate, other: Candidate): number {
  return (
    Number(other.isUp) - Number(one.isUp) ||
    one.working - other.working ||
    (one.idleSince?.getTime() ?? 0) - (other.idleSince?.getTime() ?? 0)
  );
}

/** Why nobody can be asked, in a sentence. */
export function whyNobody(
  wanted: Wanted,
  members: readonly Candidate[],
  { fromBotId, chain }: { fromBotId?: string | undefined; chain: readonly string[] },
): string {
  if ('capability' in wanted) return `Nobody else in the team can be asked for ${wanted.capability}`;
  if (wanted.botId === fromBotId) return 'A bot cannot give a task to itself';
  const member = members.find(({ botId }) => botId === wanted.botId);
  if (member && chain.includes(wanted.botId))
    return `${member.name} works at what this comes of already: it would go round in a circle`;
  return 'There is no such bot in the team';
}

function can({ capabilities }: Candidate, capability: string): boolean {
  return capabilities.includes(capability);
}

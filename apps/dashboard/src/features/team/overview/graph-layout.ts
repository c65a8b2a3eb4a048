import type { TeamFlow, TeamMember } from '@clawster/contract/team';

export type Edge = TeamFlow['edges'][number];
export type Point = { x: number; y: number };
export type PlacedEdge = { id: string; from: string; to: string; edge: Edge; path: string; label: Point };

/** Who asks without being a bot of the team: people here, and people on channels. */
export const peopleId = 'people';
export const nodeSize = { width: 176, height: 64 };

const ringMin = 360;
/** Apart enough on the ring that names do not touch. */
const ringPerMember = 52;
/** Wider than high, as screens are. */
const flatness = 0.5;
/** How far an arrow bends aside, so that there and back are two. */
const bend = 26;

/** Where each stands: the lead in the middle, the members around it, people at the edge on the left. */
export function placesOf(members: readonly TeamMember[]): Map<string, Point> {
  const others = members.filter(({ isLead }) => !isLead);
  const lead = members.find(({ isLead }) => isLead);
  const radius = Math.max(ringMin, others.length * ringPerMember);
  const around = (turn: number): Point => ({
    x: Math.round(Math.cos(turn) * radius),
    y: Math.round(Math.sin(turn) * radius * flatness),
  });
  const places = new Map<string, Point>();
  if (lead) places.set(lead.botId, { x: 0, y: 0 });
  // On the left is the place of people: of the ring's places one is theirs.
  const share = (2 * Math.PI) / (others.length + 1);
  others.forEach(({ botId }, at) => places.set(botId, around(Math.PI + share * (at + 1))));
  places.set(peopleId, around(Math.PI));
  return places;
}

/** The arrows between those that have a place; of what went to or from somebody who has left, none. */
export function placedEdges(edges: readonly Edge[], places: ReadonlyMap<string, Point>): PlacedEdge[] {
  return edges.flatMap((edge) => {
    const from = edge.fromBotId ?? peopleId;
    const [begin, end] = [places.get(from), places.get(edge.toBotId)];
    if (!begin || !end || from === edge.toBotId) return [];
    return [{ id: `${from} ${edge.toBotId}`, from, to: edge.toBotId, edge, ...curve(begin, end) }];
  });
}

function curve(begin: Point, end: Point): { path: string; label: Point } {
  const [dx, dy] = [end.x - begin.x, end.y - begin.y];
  const length = Math.hypot(dx, dy) || 1;
  const aside = { x: (-dy / length) * bend, y: (dx / length) * bend };
  const middle = { x: (begin.x + end.x) / 2 + aside.x, y: (begin.y + end.y) / 2 + aside.y };
  const [first, last] = [atBorder(begin, middle), atBorder(end, middle)];
  return {
    path: `M ${first.x} ${first.y} Q ${middle.x} ${middle.y} ${last.x} ${last.y}`,
    label: { x: (first.x + 2 * middle.x + last.x) / 4, y: (first.y + 2 * middle.y + last.y) / 4 },
  };
}

const gap = 6;
/** Where a line from the middle of a box towards a point leaves it. */
function atBorder(middle: Point, towards: Point): Point {
  const [dx, dy] = [towards.x - middle.x, towards.y - middle.y];
  const scale = Math.min(
    (nodeSize.width / 2 + gap) / Math.max(Math.abs(dx), 1e-6),
    (nodeSize.height / 2 + gap) / Math.max(Math.abs(dy), 1e-6),
  );
  return { x: Math.round(middle.x + dx * scale), y: Math.round(middle.y + dy * scale) };
}

/** What stands at an arrow: what is open first, for that is what moves. */
export function sayEdge({ open, held, done, refused, failed }: Edge): string {
  const parts: [number, string][] = [
    [open - held, 'open'],
    [held, 'held'],
    [done, 'done'],
    [refused, 'refused'],
    [failed, 'failed'],
  ];
  return parts
    .filter(([value]) => value > 0)
    .map(([value, word]) => `${value} ${word}`)
    .join(' · ');
}

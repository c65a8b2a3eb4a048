import type { Impact } from '@clawster/contract/configuration';

const nothing: Impact = { concerned: 0, changed: 0, hot: 0, restart: 0, refused: 0, bots: [] };

/** What several changes come to together, each of another bot; those that are refused first. */
export function sumImpacts(impacts: readonly Impact[]): Impact {
  const sum = impacts.reduce(
    (one, other) => ({
      concerned: one.concerned + other.concerned,
      changed: one.changed + other.changed,
      hot: one.hot + other.hot,
      restart: one.restart + other.restart,
      refused: one.refused + other.refused,
      bots: [...one.bots, ...other.bots],
    }),
    nothing,
  );
  const bots = sum.bots.toSorted((one, other) => Number(other.issues.length > 0) - Number(one.issues.length > 0));
  return { ...sum, bots };
}

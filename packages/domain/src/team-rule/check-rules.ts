import type { TeamRule } from '@clawster/contract/team-rule';
import type { Issue } from '../refusal.ts';
import { whyNoExpression } from './expression.ts';
import { isTimezone } from './window.ts';

/** What is wrong with these rules that their form does not show, each at its path; none where they can be used. */
export function wrongRules(rules: readonly TeamRule[]): Issue[] {
  return rules.flatMap(({ when: { text, time } }, at) => {
    const path = (part: string) => `rules.${at}.when.${part}`;
    const why = text?.matches === undefined ? undefined : whyNoExpression(text.matches);
    return [
      ...(why ? [{ path: path('text.matches'), message: why }] : []),
      ...(time && !isTimezone(time.timezone)
        ? [
            {
              path: path('time.timezone'),
              message: `There is no time zone "${time.timezone}": write one such as Europe/Berlin`,
            },
          ]
        : []),
    ];
  });
}

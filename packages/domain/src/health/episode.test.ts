import type { HealthVerdict } from '@clawster/contract/health';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calmMs, type Episode, type EpisodeStep, graceMs, nextEpisode } from './episode.ts';

const start = new Date('2026-11-23T10:00:00Z').getTime();
const lookMs = 15_000;

/** What is opened and closed when the loop looks at these verdicts, one after the other. */
function watch(verdicts: readonly HealthVerdict[], everyMs = lookMs): EpisodeStep[] {
  let episode: Episode = {};
  let isOpen = false;
  const steps: EpisodeStep[] = [];
  for (const [index, verdict] of verdicts.entries()) {
    const next = nextEpisode(episode, { verdict, isOpen, now: new Date(start + index * everyMs) });
    episode = next.episode;
    if (next.step.do === 'nothing') continue;
    isOpen = next.step.do === 'open';
    steps.push(next.step);
  }
  return steps;
}

const times = (count: number, ...verdicts: HealthVerdict[]) => Array.from({ length: count }, () => verdicts).flat();
const done = (verdicts: HealthVerdict[]) => watch(verdicts).map((step) => step.do);

test.each<[string, HealthVerdict[], EpisodeStep['do'][]]>([
  ['trouble that is over within the grace is no incident', ['bad', 'bad', ...times(20, 'good')], []],
  ['trouble that lasts is one', times(20, 'bad'), ['open']],
  ['well for long closes it', [...times(8, 'bad'), ...times(10, 'good')], ['open', 'close']],
  ['well for a moment does not', [...times(8, 'bad'), 'good', 'good', ...times(8, 'bad')], ['open']],
  ['a link that flaps makes one', [...times(20, 'bad', 'good'), ...times(10, 'good')], ['open', 'close']],
  ['trouble with restarts between makes one', times(10, 'bad', 'bad', 'settling'), ['open']],
  ['a bot that is stopped on purpose opens none', times(20, 'muted'), []],
  ['one that is stopped in trouble closes it at once', [...times(8, 'bad'), 'muted'], ['open', 'close']],
  ['what nobody knows opens none and closes none', [...times(8, 'bad'), ...times(20, 'unknown')], ['open']],
])('%s', (_, verdicts, steps) => expect(done(verdicts)).toEqual(steps));

test('it begins when trouble began, and ends when all was well again', () => {
  expect(watch([...times(6, 'bad'), ...times(10, 'good')])).toEqual([
    { do: 'open', beganAt: new Date(start) },
    { do: 'close', endedAt: new Date(start + 6 * lookMs), ending: 'recovered' },
  ]);
});

const anyVerdict = fc.constantFrom<HealthVerdict>('bad', 'good', 'unknown', 'settling');

test('whatever flaps, between two incidents a bot was well for long', () =>
  fc.assert(
    fc.property(fc.array(anyVerdict, { maxLength: 200 }), (verdicts) => {
      const steps = watch(verdicts);
      for (const [index, step] of steps.entries()) {
        expect(step.do).toBe(index % 2 === 0 ? 'open' : 'close');
        const before = steps[index - 1];
        if (step.do === 'open' && before?.do === 'close')
          expect(step.beganAt.getTime() - before.endedAt.getTime()).toBeGreaterThanOrEqual(calmMs);
      }
    }),
  ));

test('from trouble that lasts an incident comes, and goes when it is over', () =>
  fc.assert(
    fc.property(fc.array(anyVerdict, { maxLength: 50 }), (verdicts) => {
      const lasting = times(Math.ceil(graceMs / lookMs) + 1, 'bad');
      const calm = times(Math.ceil(calmMs / lookMs) + 1, 'good');
      expect(done([...verdicts, ...lasting, ...calm]).at(-1)).toBe('close');
    }),
  ));

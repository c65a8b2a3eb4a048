import type { Impact, ValueChange } from '@clawster/contract/configuration';
import { table } from './output.ts';

/** What a change would bring about, in a few lines and a table of the bots. */
export function sayImpact(impact: Impact): string {
  const { concerned, changed, hot, restart, refused, bots } = impact;
  const head = `${count(concerned, 'bot')} concerned, ${changed} would change: ${hot} while running, ${restart} with a restart. ${refused} could not take it over.`;
  if (bots.length === 0) return head;
  const rows = bots.map(({ botName, changeCount, reload, issues, changes }) => [
    botName,
    issues.length > 0 ? 'refused' : reload,
    issues[0]?.message ??
      `${count(changeCount, 'change')}: ${changes
        .slice(0, 3)
        .map(({ path }) => path)
        .join(', ')}`,
  ]);
  return `${head}\n\n${table(['bot', 'how', 'what'], rows, '')}`;
}

/** The values that differ, each as before and after. */
export function sayChanges(changes: readonly ValueChange[]): string {
  return changes.map(({ path, before, after }) => `${path}\n${lines('-', before)}${lines('+', after)}`).join('');
}

function lines(sign: string, value: unknown): string {
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return `${text
    .trimEnd()
    .split('\n')
    .map((line) => `  ${sign} ${line}`)
    .join('\n')}\n`;
}

function count(many: number, noun: string): string {
  return `${many} ${noun}${many === 1 ? '' : 's'}`;
}

import { desiredBy, eventOf, type BotRow, type EventRow, type Line, type Tables, type Verb, verbs } from './history.ts';

/** R1: no acknowledged command is lost. Each leaves its event, and what was written last is what is there. */
export function lostCommands(lines: Line[], tables: Tables): string[] {
  const wrong: string[] = [];
  for (const [name, asked] of byBot(lines)) {
    const bot = tables.bots.find((one) => one.name === name);
    if (!bot) {
      if (asked.some(({ type }) => type === 'ok')) wrong.push(`${name}: was acknowledged and is not there`);
      continue;
    }
    for (const verb of verbs) {
      const promised = asked.filter((line) => line.verb === verb && line.type === 'ok').length;
      const kept = eventsOf(bot, tables, verb).length;
      if (kept < promised) wrong.push(`${name}: ${promised} × ${verb} acknowledged, ${kept} recorded`);
    }
    wrong.push(...lostWrites(bot, asked));
  }
  return wrong;
}

/** R2: no command takes effect twice. Nothing is recorded that was not asked for, and counters agree with the record. */
export function doubledCommands(lines: Line[], tables: Tables): string[] {
  const wrong: string[] = [];
  for (const [name, asked] of byBot(lines)) {
    const rows = tables.bots.filter((one) => one.name === name);
    if (rows.length > 1) wrong.push(`${name}: is there ${rows.length} times`);
    for (const bot of rows) {
      for (const verb of verbs) {
        const possible = asked.filter((line) => line.verb === verb && ['ok', 'info'].includes(line.type)).length;
        const kept = eventsOf(bot, tables, verb).length;
        if (kept > possible) wrong.push(`${name}: ${possible} × ${verb} asked for, ${kept} recorded`);
      }
      wrong.push(...wrongCounters(bot, tables));
    }
  }
  return wrong;
}

/** What a command wrote is overwritten by a later one alone, or by one of which nobody knows when it took effect. */
function lostWrites(bot: BotRow, asked: Line[]): string[] {
  const wrong: string[] = [];
  const registers = [
    { is: bot.desired, of: ({ verb }: Line) => desiredBy[verb] },
    { is: bot.personality, of: ({ value }: Line) => value },
  ];
  for (const { is, of } of registers) {
    const writes = asked.filter((line) => of(line) !== undefined);
    const last = writes.findLast(({ type }) => type === 'ok');
    const may = [...(last ? [last] : []), ...writes.filter(({ type }) => type === 'info')].map(of);
    if (last && !may.includes(is)) wrong.push(`${bot.name}: ${of(last)} was acknowledged last, and it is ${is}`);
  }
  return wrong;
}

function wrongCounters(bot: BotRow, tables: Tables): string[] {
  const changes = verbs.flatMap((verb) => (verb === 'create' ? [] : eventsOf(bot, tables, verb))).filter(isChange);
  const restarts = eventsOf(bot, tables, 'restart').length;
  return [
    bot.generation === 1 + changes.length
      ? []
      : `${bot.name}: ${changes.length} changes recorded, its generation is ${bot.generation}`,
    bot.restartCount === restarts ? [] : `${bot.name}: ${restarts} restarts recorded, ${bot.restartCount} counted`,
  ].flat();
}

/** An update that asks for what is there already changes nothing, and says so. */
function isChange({ detail }: EventRow): boolean {
  return !Array.isArray(detail['changed']) || detail['changed'].length > 0;
}

function eventsOf(bot: BotRow, { events }: Tables, verb: Verb): EventRow[] {
  return events.filter(({ subjectId, type }) => subjectId === bot.id && type === eventOf[verb]);
}

/** What became of each command; one without an outcome is as unknown as one that timed out. */
function byBot(lines: Line[]): Map<string, Line[]> {
  const outcomes = new Map<number, Line>();
  for (const line of lines) outcomes.set(line.id, line.type === 'invoke' ? { ...line, type: 'info' } : line);
  return Map.groupBy(outcomes.values(), ({ bot }) => bot);
}

/** What a line of a bill says a target cost on a day. */
export type ImportedCost = { line: number; day: string; target: string; usd: number };
export type LineIssue = { line: number; message: string };

const linesMax = 20_000;
const issuesMax = 20;
const usdMax = 10_000_000;

/** Reads lines of `day,target,usd`; a head and empty lines are passed over. Each line that is not right is told by its number. */
export function readImport(csv: string, today: string): { costs: ImportedCost[]; issues: LineIssue[] } {
  const lines = csv.replace(/^\uFEFF/, '').split(/\r?\n/);
  const costs: ImportedCost[] = [];
  const issues: LineIssue[] =
    lines.length > linesMax ? [{ line: linesMax + 1, message: `Send at most ${linesMax} lines at once` }] : [];
  const seen = new Map<string, number>();
  for (const [at, text] of lines.slice(0, linesMax).entries()) {
    if (text.trim() === '' || (at === 0 && /^\s*"?day"?\s*,/i.test(text))) continue;
    const read = readLine(text, today);
    const line = at + 1;
    if (typeof read === 'string') issues.push({ line, message: read });
    else {
      const key = `${read.day} ${read.target.toLowerCase()}`;
      const first = seen.get(key);
      if (first !== undefined) issues.push({ line, message: `Line ${first} is about the same day and target` });
      seen.set(key, first ?? line);
      costs.push({ ...read, line });
    }
    if (issues.length >= issuesMax) break;
  }
  return { costs, issues };
}

function readLine(text: string, today: string): Omit<ImportedCost, 'line'> | string {
  const cells = cellsOf(text);
  if (cells.length !== 3) return `Write day,target,usd: there are ${cells.length} columns, and 3 are needed`;
  const [day = '', target = '', amount = ''] = cells;
  if (!isDay(day)) return `Write the day as 2026-11-27: "${day}" is none`;
  if (day > today) return `${day} is still to come`;
  if (target === '') return 'Name the target';
  const usd = /^\d+(\.\d+)?$/.test(amount) ? Number(amount) : Number.NaN;
  if (!(usd <= usdMax)) return `Write the amount as 12.34, in US dollars: "${amount}" is none`;
  return { day, target, usd };
}

function isDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;
}

/** The cells of a line, those in quotes without them (RFC 4180). */
function cellsOf(line: string): string[] {
  const cells = [...line.matchAll(/(?:^|,)(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))/g)];
  return cells.map(([, quoted, plain]) => (quoted?.replaceAll('""', '"') ?? plain ?? '').trim());
}

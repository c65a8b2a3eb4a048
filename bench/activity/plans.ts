import pg from 'pg';

type Sent = { text: string; values: unknown[] };

/** The statements that are sent while this is asked, in order. */
export async function statementsOf(ask: () => Promise<unknown>): Promise<Sent[]> {
  const sent: Sent[] = [];
  const query = pg.Client.prototype.query as (...args: unknown[]) => unknown;
  pg.Client.prototype.query = function watched(this: pg.Client, ...args: unknown[]) {
    const [first] = args;
    if (typeof first === 'string') sent.push({ text: first, values: [] });
    else if (typeof (first as Sent).text === 'string')
      sent.push({ text: (first as Sent).text, values: (first as Sent).values ?? [] });
    return query.apply(this, args);
  } as typeof pg.Client.prototype.query;
  try {
    await ask();
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  }
  return sent;
}

/** The plans by which these statements run, as the server's own role and in a transaction as theirs. */
export async function plansOf(url: string, statements: Sent[]): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const plans: string[] = [];
  try {
    for (const { text, values } of statements) {
      if (/^(begin|commit|rollback)/.test(text.trim()) || /set_config/.test(text)) {
        await client.query(text, values);
        continue;
      }
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${text}`, values);
      plans.push(`${text.trim()}\n\n${rows.map((row) => row['QUERY PLAN']).join('\n')}`);
    }
  } finally {
    await client.end();
  }
  return plans.join('\n\n---\n\n');
}

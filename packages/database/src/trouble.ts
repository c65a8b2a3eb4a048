/** What stands between Clawster and its database, in a sentence that says what to do. */
export class DatabaseTrouble extends Error {
  constructor(sentence: string, options?: { cause?: unknown }) {
    super(sentence, options);
    this.name = 'DatabaseTrouble';
  }
}

const howToMakeRole =
  "create one with: create role clawster login password '…'; create database clawster owner clawster;";

/** Turns what the driver said into what a person can do about it. */
export function troubleFor(error: unknown, url: string): Error {
  if (error instanceof DatabaseTrouble) return error;
  const { code, message } = error as { code?: string; message?: string };
  const sentence = sentences[code ?? '']?.(placeOf(url)) ?? sentenceByMessage(message ?? '', placeOf(url));
  return sentence ? new DatabaseTrouble(sentence, { cause: error }) : (error as Error);
}

type Place = { host: string; database: string; user: string };

const sentences: Record<string, (place: Place) => string> = {
  '28P01': ({ user, host }) =>
    `PostgreSQL at ${host} refused the password of ${user}: correct it in CLAWSTER_DATABASE_URL, or in the file of CLAWSTER_DATABASE_PASSWORD_FILE`,
  '28000': ({ user, host }) =>
    `PostgreSQL at ${host} does not let ${user} in: check the role and pg_hba.conf, or ${howToMakeRole}`,
  '3D000': ({ database, host }) =>
    `PostgreSQL at ${host} has no database "${database}": create database ${database} owner …;`,
  '42501': ({ user, database }) =>
    `The role ${user} may not create tables in "${database}": make it the owner: alter database ${database} owner to ${user};`,
  '53300': ({ host }) => `PostgreSQL at ${host} has no connection left: raise max_connections, or close other programs`,
  ENOTFOUND: ({ host }) => `No host is called ${host}: correct CLAWSTER_DATABASE_URL`,
  EAI_AGAIN: ({ host }) =>
    `The name ${host} cannot be resolved at the moment: check the network, or CLAWSTER_DATABASE_URL`,
  ECONNREFUSED: ({ host }) => `Nothing listens at ${host}: start PostgreSQL, or correct CLAWSTER_DATABASE_URL`,
  ENOENT: ({ host }) => `PostgreSQL has no socket in ${host}: start it, or correct CLAWSTER_DATABASE_URL`,
  EHOSTUNREACH: ({ host }) => `${host} cannot be reached: check the network and CLAWSTER_DATABASE_URL`,
  ETIMEDOUT: ({ host }) => `${host} did not answer: check the network, its firewall and CLAWSTER_DATABASE_URL`,
  ERR_INVALID_URL: () => 'CLAWSTER_DATABASE_URL is not a URL: write it as postgres://user:password@host:5432/database',
};

function sentenceByMessage(message: string, { host, user }: Place): string | undefined {
  if (message.includes('timeout'))
    return `${host} did not answer within 10 seconds: check the network, its firewall and CLAWSTER_DATABASE_URL`;
  if (message.includes('does not support SSL'))
    return `PostgreSQL at ${host} does not speak TLS: turn it on there, or drop sslmode from CLAWSTER_DATABASE_URL`;
  if (message.includes('password must be a string'))
    return `PostgreSQL at ${host} asks for a password of ${user}: add it to CLAWSTER_DATABASE_URL`;
  return undefined;
}

/** Where the URL leads, without its password. */
export function placeOf(url: string): Place {
  try {
    const { hostname, port, username, pathname, searchParams } = new URL(url);
    const socket = searchParams.get('host');
    return {
      host: socket ?? (port ? `${hostname}:${port}` : hostname),
      database: decodeURIComponent(pathname.slice(1)),
      user: decodeURIComponent(username),
    };
  } catch {
    return { host: 'the host in CLAWSTER_DATABASE_URL', database: '', user: '' };
  }
}

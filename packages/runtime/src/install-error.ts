type Cause = { pattern: RegExp; sentence: (label: string, match: RegExpMatchArray) => string };

/** What pnpm's output tells about a failure, most telling first. */
const causes: Cause[] = [
  {
    pattern: /os error 28|ENOSPC|EDQUOT|No space left/i,
    sentence: (label) =>
      `The disk is full: ${label} could not be stored. Free about 1.5 GB and try again; what was downloaded is kept`,
  },
  {
    pattern: /os error 30|os error 13|EACCES|EROFS|Permission denied/i,
    sentence: (label) =>
      `${label} could not be stored: Clawster may not write to its data folder. Give it back to the user Clawster runs as, and try again`,
  },
  {
    pattern: /TARBALL_INTEGRITY|Integrity check failed/i,
    sentence: (label) =>
      `${label} was refused: a package the registry sent is not the one Clawster was tested with. Check the registry or proxy in your .npmrc, and try again`,
  },
  {
    pattern: /dns error|ENOTFOUND|EAI_AGAIN|failed to lookup address/i,
    sentence: (label) =>
      `${label} could not be downloaded: the registry's name was not found. Check the internet connection, and the registry in your .npmrc`,
  },
  {
    pattern: /Connection refused|ECONNREFUSED|tcp connect error|Network is unreachable/i,
    sentence: (label) =>
      `${label} could not be downloaded: the registry does not accept connections. Check the internet connection, and registry and proxy in your .npmrc`,
  },
  {
    pattern: /certificate|tls|ssl/i,
    sentence: (label) =>
      `${label} could not be downloaded: the registry's certificate is not trusted. Behind a company proxy, set cafile in your .npmrc`,
  },
  {
    pattern: /HTTP (401|403)|E401|E403/i,
    sentence: (label, match) =>
      `${label} could not be downloaded: the registry refused access (${match[1]}). Check the credentials in your .npmrc`,
  },
  {
    pattern: /HTTP 404|FETCH_404|E404/i,
    sentence: (label) =>
      `${label} could not be downloaded: the registry does not have all its packages. Check the registry in your .npmrc`,
  },
  {
    pattern: /timed? ?out|ETIMEDOUT|error sending request|error decoding response|ERR_PNPM_FETCH|HTTP 5\d\d/i,
    sentence: (label) =>
      `${label} could not be downloaded: the registry did not answer in time. Try again in a while; what was downloaded is kept`,
  },
];

/** An Error that says what went wrong and what to do, with pnpm's own words as its cause. */
export function installError(label: string, output: string): Error {
  const cause = new Error(output.slice(-4000));
  for (const { pattern, sentence } of causes) {
    const match = output.match(pattern);
    if (match) return new Error(sentence(label, match), { cause });
  }
  return new Error(`${label} could not be installed: ${lastMessage(output)}. Try again; what was downloaded is kept`, {
    cause,
  });
}

/** Gives a full disk or a folder that may not be written to the same sentence, whoever met it. */
export async function explainFileError<T>(label: string, work: Promise<T>): Promise<T> {
  return work.catch((error: NodeJS.ErrnoException) => {
    throw ['ENOSPC', 'EDQUOT', 'EACCES', 'EROFS'].includes(error.code ?? '')
      ? installError(label, error.message)
      : error;
  });
}

function lastMessage(output: string): string {
  const last = output.trim().split('\n').at(-1) ?? '';
  const message = last.match(/"message":"((?:[^"\\]|\\.)*)"/)?.[1] ?? last;
  return message.slice(0, 300) || 'pnpm ended without saying why';
}

import { loginStep } from '@clawster/domain/channel/login';
import { useEffect, useState } from 'react';
import { client } from '../../lib/client.ts';
import { sentenceOf } from '../../lib/sentence.ts';

/** `code`: how many codes were shown; the first is 1. */
export type Login =
  | { at: 'asking' }
  | { at: 'scan'; qrDataUrl: string; code: number }
  | { at: 'linked' | 'over'; message: string };

type Asked = { botId: string; channelId: string; force: boolean };

/** Links a bot to a phone: each code as it comes, until one was scanned. It ends with whoever looks at it. */
export function useLogin({ botId, channelId, force }: Asked): { login: Login; again: () => void } {
  const [login, setLogin] = useState<Login>({ at: 'asking' });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const gone = new AbortController();
    const tell = (next: Login) => (gone.signal.aborted ? undefined : setLogin(next));
    tell({ at: 'asking' });
    follow({ botId, channelId, force }, gone.signal, tell).catch((error: unknown) =>
      tell({ at: 'over', message: sentenceOf(error) }),
    );
    return () => gone.abort();
  }, [botId, channelId, force, attempt]);
  return { login, again: () => setAttempt((number) => number + 1) };
}

async function follow(
  { botId, channelId, force }: Asked,
  signal: AbortSignal,
  tell: (login: Login) => void,
): Promise<void> {
  let answer = await client.channels.startLogin({ botId, channelId, force }, { signal });
  let step = loginStep(answer);
  let shown: string | undefined;
  let code = 0;
  while (step.state === 'scan' && !signal.aborted) {
    const { qrDataUrl } = step;
    if (qrDataUrl !== shown) code += 1;
    shown = qrDataUrl;
    tell({ at: 'scan', qrDataUrl, code });
    const askedMs = performance.now();
    answer = await client.channels.waitLogin({ botId, channelId, qrDataUrl }, { signal });
    step = loginStep(answer, shown, performance.now() - askedMs);
  }
  if (step.state !== 'scan') tell({ at: step.state, message: answer.message });
}

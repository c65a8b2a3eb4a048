import { setTimeout as sleep } from 'node:timers/promises';
import { readModelScript } from '../model-script.ts';
import type { StandInModel } from './run.ts';

/** Echoes, or does what the `#demo` lines of the message say. */
export const scriptedModel: StandInModel = async function* (message, { signal }) {
  const script = readModelScript(message) ?? {};
  if (script.delayMs) await sleep(script.delayMs, undefined, { signal });
  if (script.failStatus) throw new Error(`clawster/stand-in request failed (HTTP ${script.failStatus}).`);
  if (script.tool) yield { tool: script.tool, result: 'done' };
  const text = script.text ?? (script.tool ? 'The tool answered: done' : `You said: ${message}`);
  const words = text.split(/(?<=\s)/);
  for (let piece = 0; piece < Math.max(words.length, script.slowChunks ?? 0); piece += 1) {
    yield { text: words[piece] ?? '.' };
    await sleep(script.slowChunks ? 50 : 1, undefined, { signal });
  }
};

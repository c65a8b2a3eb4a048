import { RE2JS } from 're2js';

/** Beyond this many steps for each character an expression is too dear to be asked of every text. */
const stepsMax = 1_000;
/** Expressions of this many rules stay compiled. */
const keptMax = 500;
const kept = new Map<string, RE2JS>();

/** Why this is no expression that texts can be matched with, or undefined when it is one. */
export function whyNoExpression(expression: string): string | undefined {
  try {
    const steps = RE2JS.compile(expression).programSize();
    return steps > stepsMax ? 'This expression is too large: repeat less in it' : undefined;
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : '';
    return `This is no expression of RE2${why ? ` (${why})` : ''}: look-arounds and back-references are not part of it`;
  }
}

/** Whether the expression is found in the text, in time that grows with the text's length and no faster. */
export function isFound(expression: string, text: string): boolean {
  return compiled(expression).test(text);
}

function compiled(expression: string): RE2JS {
  const known = kept.get(expression);
  if (known) return known;
  if (kept.size >= keptMax) kept.clear();
  const made = RE2JS.compile(expression);
  kept.set(expression, made);
  return made;
}

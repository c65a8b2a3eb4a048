import { wrong } from './scim-refusal.ts';
import { type Token, tokensOf } from './token.ts';

/** An attribute by name, in lower case; `urn` is the schema before it where that is none of the core's. */
export type AttributePath = { urn?: string; attribute: string; sub?: string };

export const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const;
export type Comparison = (typeof comparisons)[number];

/** A filter of RFC 7644, section 3.4.2.2. `some`: one value of an attribute satisfies all of `part`. */
export type Filter =
  | { op: 'and' | 'or'; parts: Filter[] }
  | { op: 'not'; part: Filter }
  | { op: 'some'; path: AttributePath; part: Filter }
  | { op: 'pr'; path: AttributePath }
  | { op: 'compare'; by: Comparison; path: AttributePath; value: string | number | boolean };

/** Where a PATCH applies: an attribute, of its values those that match, and of these a part. */
export type PatchPath = AttributePath & { where?: Filter };

/** Enough for what directories ask, and no stack or plan of a query grows long by it. */
const lengthMax = 2_000;
const depthMax = 10;
const comparisonsMax = 50;

/** Reads a filter; refused as `invalidFilter` with what is wrong. Time and depth are bounded whatever is sent. */
export function parseFilter(text: string): Filter {
  const reader = new Reader(text, 'invalidFilter');
  const filter = reader.either(0);
  reader.end();
  return filter;
}

/** Reads the path of a PATCH, such as `emails[type eq "work"].value`; refused as `invalidPath`. */
export function parsePath(text: string): PatchPath {
  const reader = new Reader(text, 'invalidPath');
  const path = reader.path();
  reader.end();
  return path;
}

const coreUrn = /^urn:ietf:params:scim:schemas:core:2\.0:(?:user|group)$/;

const isName = /^[a-z$][\w$-]*$/;

/** A name such as `name.givenName`, with or without its schema before it. */
export function attributePath(word: string): AttributePath | undefined {
  const name = word.toLowerCase();
  const colon = name.startsWith('urn:') ? name.lastIndexOf(':') : -1;
  const urn = name.slice(0, Math.max(colon, 0));
  const [attribute = '', sub, ...more] = name.slice(colon + 1).split('.');
  if (more.length > 0 || !isName.test(attribute) || (sub !== undefined && !isName.test(sub))) return undefined;
  return { ...(urn === '' || coreUrn.test(urn) ? {} : { urn }), attribute, ...(sub === undefined ? {} : { sub }) };
}

class Reader {
  readonly #tokens: Token[];
  readonly #scimType: 'invalidFilter' | 'invalidPath';
  #at = 0;
  #comparisons = 0;

  constructor(text: string, scimType: 'invalidFilter' | 'invalidPath') {
    this.#scimType = scimType;
    if (text.length > lengthMax) throw wrong(scimType, `This is longer than ${lengthMax} characters: ask for less`);
    const tokens = tokensOf(text);
    if (!tokens) throw wrong(scimType, 'This cannot be read: see RFC 7644, section 3.4.2.2');
    this.#tokens = tokens;
  }

  either(depth: number): Filter {
    return this.#list('or', depth, () => this.#both(depth));
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw this.#unexpected();
  }

  path(): PatchPath {
    const path = this.#attribute();
    if (!this.#takes('[')) return path;
    const where = this.either(1);
    if (!this.#takes(']')) throw this.#unexpected();
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sub') return { ...path, where };
    this.#at += 1;
    return { ...path, where, sub: token.text.slice(1).toLowerCase() };
  }

  #both(depth: number): Filter {
    return this.#list('and', depth, () => this.#one(depth + 1));
  }

  #list(op: 'and' | 'or', depth: number, read: () => Filter): Filter {
    if (depth > depthMax) throw wrong(this.#scimType, `More than ${depthMax} brackets in each other: ask for less`);
    const parts = [read()];
    while (this.#takes(op)) parts.push(read());
    return parts.length === 1 ? (parts[0] as Filter) : { op, parts };
  }

  #one(depth: number): Filter {
    if (this.#isBefore('not', '(')) {
      this.#at += 2;
      return { op: 'not', part: this.#closed(depth, ')') };
    }
    if (this.#takes('(')) return this.#closed(depth, ')');
    const path = this.#attribute();
    if (this.#takes('[')) return this.#some(path, this.#closed(depth, ']'));
    if (this.#takes('pr')) return { op: 'pr', path };
    return this.#comparison(path);
  }

  /** `emails[type eq "work"].value eq "x"`, as Entra ID asks, is of one and the same value. */
  #some(path: AttributePath, part: Filter): Filter {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'sub') return { op: 'some', path, part };
    this.#at += 1;
    const attribute = { attribute: token.text.slice(1).toLowerCase() };
    const more: Filter = this.#takes('pr') ? { op: 'pr', path: attribute } : this.#comparison(attribute);
    return { op: 'some', path, part: { op: 'and', parts: [part, more] } };
  }

  #closed(depth: number, bracket: ')' | ']'): Filter {
    const filter = this.either(depth);
    if (!this.#takes(bracket)) throw this.#unexpected();
    return filter;
  }

  #comparison(path: AttributePath): Filter {
    const word = this.#tokens[this.#at]?.text.toLowerCase();
    const by = comparisons.find((one) => one === word);
    if (!by) throw this.#unexpected();
    this.#at += 1;
    this.#comparisons += 1;
    if (this.#comparisons > comparisonsMax)
      throw wrong(this.#scimType, `More than ${comparisonsMax} comparisons at once: ask for less`);
    return { op: 'compare', by, path, value: this.#value() };
  }

  #value(): string | number | boolean {
    const token = this.#tokens[this.#at];
    if (token?.value === undefined) throw this.#unexpected();
    this.#at += 1;
    return token.value;
  }

  #attribute(): AttributePath {
    const token = this.#tokens[this.#at];
    const path = token?.kind === 'word' ? attributePath(token.text) : undefined;
    if (!path) throw this.#unexpected();
    this.#at += 1;
    return path;
  }

  #isBefore(first: string, second: string): boolean {
    return this.#tokens[this.#at]?.text.toLowerCase() === first && this.#tokens[this.#at + 1]?.text === second;
  }

  #takes(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'text' || token?.text.toLowerCase() !== text) return false;
    this.#at += 1;
    return true;
  }

  #unexpected(): Error {
    const token = this.#tokens[this.#at];
    const found = token ? `"${token.text.slice(0, 40)}" stands where it cannot` : 'It ends too early';
    return wrong(this.#scimType, `${found}: see RFC 7644, section 3.4.2.2`);
  }
}

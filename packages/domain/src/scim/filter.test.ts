import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type AttributePath, type Filter, parseFilter, parsePath } from './filter.ts';
import { ScimRefusal } from './scim-refusal.ts';

/** A filter with all brackets, so that a table shows what belongs to what. */
function say(filter: Filter): string {
  switch (filter.op) {
    case 'and':
    case 'or':
      return `(${filter.parts.map(say).join(` ${filter.op} `)})`;
    case 'not':
      return `not ${say(filter.part)}`;
    case 'some':
      return `${nameIn(filter.path)}[${say(filter.part)}]`;
    case 'pr':
      return `${nameIn(filter.path)} pr`;
    case 'compare':
      return `${nameIn(filter.path)} ${filter.by} ${JSON.stringify(filter.value)}`;
  }
}

const nameIn = ({ urn, attribute, sub }: AttributePath) => `${urn ? `${urn}:` : ''}${attribute}${sub ? `.${sub}` : ''}`;

describe('a filter is read as RFC 7644 has it', () => {
  test.each([
    ['userName eq "bjensen"', 'username eq "bjensen"'],
    ['name.familyName co "O\'Malley"', 'name.familyname co "O\'Malley"'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName sw "J"', 'username sw "J"'],
    [
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "x"',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:department eq "x"',
    ],
    ['title pr', 'title pr'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastmodified gt "2011-05-13T04:42:34Z"'],
    ['title pr and userType eq "Employee"', '(title pr and usertype eq "Employee")'],
    ['a eq 1 or b eq 2 and c eq 3', '(a eq 1 or (b eq 2 and c eq 3))'],
    ['(a eq 1 or b eq 2) and c eq 3', '((a eq 1 or b eq 2) and c eq 3)'],
    ['a eq 1 and not (b eq 2 or c pr)', '(a eq 1 and not (b eq 2 or c pr))'],
    ['emails[type eq "work" and value co "@x"]', 'emails[(type eq "work" and value co "@x")]'],
    ['emails[type eq "work"].value eq "a@x"', 'emails[(type eq "work" and value eq "a@x")]'],
    ['ACTIVE EQ True', 'active eq true'],
    ['externalId eq "a\\"b\\\\c\\u00e9"', 'externalid eq "a\\"b\\\\cé"'],
    ['a eq "(not) ] and"', 'a eq "(not) ] and"'],
    ['  a   eq   -1.5e3  ', 'a eq -1500'],
  ])('%s', (text, read) => expect(say(parseFilter(text))).toBe(read));
});

describe('what is no filter is refused in a sentence', () => {
  test.each([
    '',
    'userName',
    'userName eq',
    'userName is "x"',
    'userName eq x',
    'userName eq "x',
    'userName eq null',
    'userName eq "x" and',
    'and userName pr',
    '(userName pr',
    'userName pr)',
    'emails[type eq "work"',
    'emails[]',
    'a.b.c eq 1',
    '.a eq 1',
    'userName eq "\\u0000"',
    'userName eq "\\ud800"',
    'userName eq "a\\x"',
    "userName eq 'x'",
    'userName eq "x"; drop table person',
    'a eq 1e999',
    'not userName pr',
    `${'('.repeat(40)}a pr${')'.repeat(40)}`,
    Array.from({ length: 60 }, () => 'a eq 1').join(' or '),
    `a eq "${'x'.repeat(3_000)}"`,
  ])('%s', (text) => {
    expect(() => parseFilter(text)).toThrow(ScimRefusal);
    try {
      parseFilter(text);
    } catch (error) {
      expect(error).toMatchObject({ status: 400, scimType: 'invalidFilter' });
    }
  });
});

test('no text takes long, or ends in anything but a refusal', () => {
  const pieces = fc.constantFrom(
    '"',
    '\n',
    '\\',
    '(',
    ')',
    '[',
    ']',
    ' ',
    'not',
    'and',
    'or',
    'a',
    'eq',
    '1',
    '.',
    'pr',
    ':',
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 2_000 }).map((all) => all.join('')),
    fc.string({ unit: 'binary', maxLength: 200 }),
  );
  const since = performance.now();
  fc.assert(
    fc.property(text, (one) => {
      for (const read of [parseFilter, parsePath])
        try {
          read(one);
        } catch (error) {
          if (!(error instanceof ScimRefusal)) throw error;
        }
    }),
    { numRuns: 500 },
  );
  // The parser of a library takes minutes for forty line feeds after a quotation mark.
  expect(() => parseFilter(`a eq "${'\n'.repeat(1_900)}`)).toThrow(ScimRefusal);
  expect(performance.now() - since).toBeLessThan(10_000);
});

describe('a path says where', () => {
  test.each([
    ['active', { attribute: 'active' }],
    ['name.givenName', { attribute: 'name', sub: 'givenname' }],
    ['urn:ietf:params:scim:schemas:core:2.0:User:name.givenName', { attribute: 'name', sub: 'givenname' }],
    ['members', { attribute: 'members' }],
    [
      'members[value eq "1"]',
      { attribute: 'members', where: { op: 'compare', by: 'eq', path: { attribute: 'value' }, value: '1' } },
    ],
    [
      'emails[type eq "work"].value',
      {
        attribute: 'emails',
        sub: 'value',
        where: { op: 'compare', by: 'eq', path: { attribute: 'type' }, value: 'work' },
      },
    ],
  ])('%s', (text, path) => expect(parsePath(text)).toEqual(path));

  test.each([
    '',
    'a b',
    'emails[type eq "work"]value',
    'emails[type eq "work"].value.x',
    'a[b eq 1][c eq 2]',
    '[a eq 1]',
  ])('and %j does not', (text) => expect(() => parsePath(text)).toThrow(ScimRefusal));
});

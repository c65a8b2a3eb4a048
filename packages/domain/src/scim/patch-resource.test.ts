import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patchResource } from './patch-resource.ts';
import { readResource, type Resource } from './read-resource.ts';
import { groupSchema, userSchema } from './schema.ts';
import { ScimRefusal } from './scim-refusal.ts';

const work = { value: 'a@x.example', type: 'work', primary: true };
const home = { value: 'a@home.example', type: 'home' };
const user: Resource = {
  userName: 'ada',
  active: true,
  name: { givenName: 'Ada', familyName: 'L' },
  emails: [work, home],
};
const [one, two, three] = [{ value: '1' }, { value: '2' }, { value: '3' }];
const group: Resource = { displayName: 'Ops', members: [one, two] };

const patched = (schema: typeof userSchema, before: Resource, ...Operations: unknown[]) =>
  patchResource(schema, before, { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations });

describe('a user after', () => {
  test.each<[string, unknown, Resource]>([
    ['active replaced', { op: 'replace', path: 'active', value: false }, { ...user, active: false }],
    ["Entra ID's capitals and texts", { op: 'Replace', path: 'active', value: 'False' }, { ...user, active: false }],
    ["Okta's replacement without a path", { op: 'replace', value: { active: false } }, { ...user, active: false }],
    [
      'dotted names in a value without a path',
      { op: 'Add', value: { 'name.givenName': 'Augusta', displayName: 'A. L.' } },
      { ...user, displayName: 'A. L.', name: { givenName: 'Augusta', familyName: 'L' } },
    ],
    [
      'a name with brackets in a value without a path',
      { op: 'replace', value: { 'emails[type eq "work"].value': 'b@x.example' } },
      { ...user, emails: [{ ...work, value: 'b@x.example' }, home] },
    ],
    [
      'a part of a name',
      { op: 'add', path: 'name.familyName', value: 'King' },
      { ...user, name: { givenName: 'Ada', familyName: 'King' } },
    ],
    [
      'some parts of a name: the others stay',
      { op: 'replace', path: 'name', value: { familyName: 'King' } },
      { ...user, name: { givenName: 'Ada', familyName: 'King' } },
    ],
    ['a part taken away', { op: 'remove', path: 'name.givenName' }, { ...user, name: { familyName: 'L' } }],
    ['the name taken away', { op: 'remove', path: 'name' }, { userName: 'ada', active: true, emails: [work, home] }],
    [
      'an address replaced by its type',
      { op: 'replace', path: 'emails[type eq "work"].value', value: 'b@x.example' },
      { ...user, emails: [{ ...work, value: 'b@x.example' }, home] },
    ],
    [
      'capitals in the type',
      { op: 'replace', path: 'emails[Type eq "WORK"].value', value: 'b@x.example' },
      { ...user, emails: [{ ...work, value: 'b@x.example' }, home] },
    ],
    [
      'an address added by a type there was none of',
      { op: 'Add', path: 'emails[type eq "other"].value', value: 'o@x.example' },
      { ...user, emails: [work, home, { type: 'other', value: 'o@x.example' }] },
    ],
    [
      'another primary one: the first is not so any more',
      { op: 'add', path: 'emails', value: [{ value: 'p@x.example', primary: true }] },
      { ...user, emails: [{ ...work, primary: false }, home, { value: 'p@x.example', primary: true }] },
    ],
    [
      'one that was there made primary',
      { op: 'replace', path: 'emails[type eq "home"].primary', value: 'True' },
      {
        ...user,
        emails: [
          { ...work, primary: false },
          { ...home, primary: true },
        ],
      },
    ],
    ['what is there already added', { op: 'add', path: 'emails', value: home }, user],
    ['all addresses replaced', { op: 'replace', path: 'emails', value: [home] }, { ...user, emails: [home] }],
    ['an address removed by its type', { op: 'remove', path: 'emails[type eq "home"]' }, { ...user, emails: [work] }],
    ['an address removed that there is not', { op: 'remove', path: 'emails[type eq "fax"]' }, user],
    ['what is not kept', { op: 'add', path: 'phoneNumbers[type eq "work"].value', value: '1' }, user],
    [
      'what an extension says',
      { op: 'add', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', value: 'x' },
      user,
    ],
    [
      'the core schema before the name',
      { op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:userName', value: 'lovelace' },
      { ...user, userName: 'lovelace' },
    ],
    [
      'its own id in a value without a path',
      { op: 'replace', value: { id: '7', userName: 'lovelace' } },
      { ...user, userName: 'lovelace' },
    ],
  ])('%s', (_, operation, after) => expect(patched(userSchema, user, operation)).toEqual(after));

  test('several operations, in their order', () =>
    expect(
      patched(
        userSchema,
        user,
        { op: 'remove', path: 'emails' },
        { op: 'add', path: 'emails', value: home },
        { op: 'replace', path: 'emails[value eq "a@home.example"].type', value: 'work' },
      ),
    ).toEqual({ ...user, emails: [{ ...home, type: 'work' }] }));
});

describe('a group after', () => {
  test.each<[string, unknown, Resource]>([
    ['members added', { op: 'add', path: 'members', value: [two, three] }, { ...group, members: [one, two, three] }],
    [
      "Entra ID's addition",
      { op: 'Add', path: 'members', value: [{ $ref: null, value: '3' }] },
      { ...group, members: [one, two, three] },
    ],
    ['a member removed by a filter', { op: 'remove', path: 'members[value eq "1"]' }, { ...group, members: [two] }],
    [
      "Entra ID's removal by value",
      { op: 'Remove', path: 'members', value: [{ value: '1' }] },
      { ...group, members: [two] },
    ],
    ['all members removed', { op: 'remove', path: 'members' }, { displayName: 'Ops' }],
    ['members replaced', { op: 'replace', path: 'members', value: [three] }, { ...group, members: [three] }],
    [
      "Okta's other name, with its id",
      { op: 'replace', value: { id: 'x', displayName: 'Operations' } },
      { ...group, displayName: 'Operations' },
    ],
    ['ids differ by capitals', { op: 'remove', path: 'members[value eq "A"]' }, group],
  ])('%s', (_, operation, after) => expect(patched(groupSchema, group, operation)).toEqual(after));
});

describe('refused, and nothing is changed', () => {
  test.each<[string, unknown, string]>([
    ['an unknown operation', { op: 'move', path: 'active', value: true }, 'invalidSyntax'],
    ['no operation', { path: 'active', value: true }, 'invalidSyntax'],
    ['an unknown attribute', { op: 'add', path: 'shoeSize', value: 1 }, 'invalidPath'],
    ['an unknown part', { op: 'add', path: 'name.shoeSize', value: 'x' }, 'invalidPath'],
    ['a prototype', { op: 'add', path: '__proto__.admin', value: 'x' }, 'invalidPath'],
    ['a constructor', { op: 'add', path: 'constructor.prototype', value: 'x' }, 'invalidPath'],
    ['a path that is no text', { op: 'add', path: 1, value: 'x' }, 'invalidPath'],
    ['a filter where there is one value', { op: 'add', path: 'userName[value eq "x"]', value: 'x' }, 'invalidPath'],
    ['a filter by what there is not', { op: 'remove', path: 'emails[shoe eq "x"]' }, 'invalidFilter'],
    ['a greater address', { op: 'remove', path: 'emails[value gt "x"]' }, 'invalidFilter'],
    ['its id', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['its groups', { op: 'add', path: 'groups', value: [{ value: '1' }] }, 'mutability'],
    ['when it was made', { op: 'replace', path: 'meta.created', value: 'x' }, 'mutability'],
    ['its name taken away', { op: 'remove', path: 'userName' }, 'mutability'],
    ['its name made empty', { op: 'replace', path: 'userName', value: '' }, 'mutability'],
    ['a removal without a path', { op: 'remove' }, 'noTarget'],
    [
      'the replacement of what there is not',
      { op: 'replace', path: 'emails[type eq "fax"].value', value: 'x' },
      'noTarget',
    ],
    ['a number for a text', { op: 'replace', path: 'displayName', value: 7 }, 'invalidValue'],
    ['a text that no database keeps', { op: 'replace', path: 'displayName', value: 'a\0' }, 'invalidValue'],
    ['half of a character', { op: 'replace', path: 'displayName', value: '\ud800' }, 'invalidValue'],
    ['a very long text', { op: 'replace', path: 'displayName', value: 'x'.repeat(2_000) }, 'invalidValue'],
    ['perhaps', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    ['a value without a path that is no object', { op: 'add', value: 'x' }, 'invalidSyntax'],
    [
      'too many addresses',
      { op: 'add', path: 'emails', value: Array.from({ length: 25 }, (_, i) => `${i}@x.example`) },
      'tooMany',
    ],
  ])('%s', (_, operation, scimType) => {
    const before = structuredClone(user);
    let thrown: unknown;
    try {
      patched(userSchema, user, { op: 'replace', path: 'displayName', value: 'Other' }, operation);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ScimRefusal);
    expect(thrown).toMatchObject({ scimType });
    expect(user).toEqual(before);
  });

  test.each([{}, { Operations: [] }, { Operations: {} }, [], null, 'x', { Operations: ['x'] }])(
    'a body such as %j',
    (body) => expect(() => patchResource(userSchema, user, body)).toThrow(ScimRefusal),
  );
});

test('whatever is sent, only attributes that there are come of it, and nothing else anywhere', () => {
  const names = [
    'userName',
    'emails',
    'members',
    '__proto__',
    'constructor',
    'prototype',
    'name.givenName',
    '__proto__.x',
  ];
  const filters = ['', '[type eq "work"]', '[value eq "1"]', '[__proto__ pr]'];
  const path = fc
    .tuple(fc.constantFrom(...names), fc.constantFrom(...filters), fc.constantFrom('', '.value', '.__proto__'))
    .map((parts) => parts.join(''));
  const value = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.dictionary(fc.constantFrom(...names), fc.jsonValue({ maxDepth: 1 }), { noNullPrototype: true }),
  );
  const operation = fc.record(
    { op: fc.constantFrom('add', 'replace', 'remove', 'Add'), path, value },
    { requiredKeys: ['op'] },
  );
  const known = new Set([...userSchema.attributes, ...groupSchema.attributes].map(({ name }) => name));
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), (Operations) => {
      for (const [schema, before] of [
        [userSchema, user],
        [groupSchema, group],
      ] as const)
        try {
          const after = patchResource(schema, before, JSON.parse(JSON.stringify({ Operations })));
          for (const name of Object.keys(after)) expect(known).toContain(name);
          expect(Object.getPrototypeOf(after)).toBe(Object.prototype);
        } catch (error) {
          if (!(error instanceof ScimRefusal)) throw error;
        }
    }),
    { numRuns: 2_000 },
  );
  expect(Object.keys(Object.prototype)).toEqual([]);
});

test('a whole resource keeps what is known of it, and what is sent for us to tell is passed over', () =>
  expect(
    readResource(userSchema, {
      schemas: ['x'],
      id: 'x',
      meta: { created: 'x' },
      USERNAME: 'ada',
      externalId: '00u1',
      name: { givenName: 'Ada', middleName: 'X' },
      emails: [
        { primary: true, value: 'a@x.example', type: 'work' },
        { primary: true, value: 'b@x.example' },
      ],
      displayName: 'Ada L',
      locale: 'en-US',
      groups: [{ value: 'admins' }],
      password: 'secret',
      active: 'True',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'x' },
    }),
  ).toEqual({
    userName: 'ada',
    externalId: '00u1',
    name: { givenName: 'Ada' },
    emails: [
      { primary: true, value: 'a@x.example', type: 'work' },
      { primary: false, value: 'b@x.example' },
    ],
    displayName: 'Ada L',
    active: true,
  }));

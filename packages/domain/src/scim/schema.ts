/** How an attribute is, as far as we keep it. `ours`: told by us, and what a directory says of it is passed over or refused. */
export type Attribute = {
  name: string;
  type: 'string' | 'boolean' | 'complex';
  says: string;
  ours?: true;
  required?: true;
  /** Whether capitals count. */
  exact?: true;
  /** At most so many values; absent: one. */
  manyMax?: number;
  parts?: Attribute[];
};
export type Schema = {
  id: string;
  name: 'User' | 'Group';
  path: '/Users' | '/Groups';
  says: string;
  attributes: Attribute[];
};

const core = 'urn:ietf:params:scim:schemas:core:2.0';

/** As many as one body can name. */
export const membersMax = 10_000;

export const userSchema: Schema = {
  id: `${core}:User`,
  name: 'User',
  path: '/Users',
  says: 'A person of the workspace',
  attributes: [
    { name: 'userName', type: 'string', required: true, says: 'What they sign in with at the provider' },
    { name: 'externalId', type: 'string', exact: true, says: "The directory's own id" },
    { name: 'displayName', type: 'string', says: 'What they are called' },
    {
      name: 'name',
      type: 'complex',
      says: 'Their name in parts',
      parts: [
        { name: 'formatted', type: 'string', says: 'All of it' },
        { name: 'familyName', type: 'string', says: 'Family name' },
        { name: 'givenName', type: 'string', says: 'Given name' },
      ],
    },
    { name: 'active', type: 'boolean', required: true, says: 'Whether they are let in' },
    {
      name: 'emails',
      type: 'complex',
      manyMax: 20,
      says: 'Their addresses; the primary one is that of their account',
      parts: [
        { name: 'value', type: 'string', says: 'The address' },
        { name: 'type', type: 'string', says: 'Such as work' },
        { name: 'primary', type: 'boolean', says: 'Whether it is the one that counts' },
      ],
    },
    {
      name: 'groups',
      type: 'complex',
      ours: true,
      manyMax: membersMax,
      says: 'Which groups they are in; changed at the group',
      parts: [
        { name: 'value', type: 'string', ours: true, exact: true, says: 'The id of the group' },
        { name: 'display', type: 'string', ours: true, says: 'Its name' },
      ],
    },
  ],
};

export const groupSchema: Schema = {
  id: `${core}:Group`,
  name: 'Group',
  path: '/Groups',
  says: 'People who have a role by it, where one is mapped',
  attributes: [
    { name: 'displayName', type: 'string', required: true, says: 'By this, or by the externalId, roles are mapped' },
    { name: 'externalId', type: 'string', exact: true, says: "The directory's own id" },
    {
      name: 'members',
      type: 'complex',
      manyMax: membersMax,
      says: 'Users that the directory made here',
      parts: [
        { name: 'value', type: 'string', exact: true, says: 'The id of a user' },
        { name: 'display', type: 'string', ours: true, says: 'What they are called' },
        { name: '$ref', type: 'string', ours: true, says: 'Where the user is' },
        { name: 'type', type: 'string', ours: true, says: 'User' },
      ],
    },
  ],
};

/** Told by us of every resource. */
const ofAll = new Set(['id', 'meta', 'schemas']);

/** What RFC 7643 knows and we do not keep: directories send it by default, so it is passed over. */
const passedOver = new Set(
  `nickname profileurl title usertype preferredlanguage locale timezone password phonenumbers ims photos addresses
  entitlements roles x509certificates`.split(/\s+/),
);

/** An attribute by its name in lower case; `ours` for what we tell of every resource, `passed-over` for what is not kept. */
export function attributeOf(
  schema: Schema,
  name: string,
  urn?: string,
): Attribute | 'ours' | 'passed-over' | undefined {
  if (urn !== undefined || passedOver.has(name)) return 'passed-over';
  if (ofAll.has(name)) return 'ours';
  return schema.attributes.find((one) => one.name.toLowerCase() === name);
}

/** A part of an attribute by its name in lower case. */
export function partOf(attribute: Attribute, name: string): Attribute | undefined {
  return attribute.parts?.find((one) => one.name.toLowerCase() === name);
}

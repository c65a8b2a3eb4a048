import { type Attribute, groupSchema, type Schema, userSchema } from './schema.ts';

const core = 'urn:ietf:params:scim:schemas:core:2.0';
export const schemas = [userSchema, groupSchema];

/** Most that one page of a list holds. */
export const pageMax = 200;

/** What we can and cannot do, for whoever asks (RFC 7643, section 5). */
export function serviceProviderConfig(baseUrl: string) {
  return {
    schemas: [`${core}:ServiceProviderConfig`],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: pageMax },
    changePassword: { supported: false },
    sort: { supported: false },
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: "The directory's token, as Clawster showed it once",
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}

export function resourceType(baseUrl: string, { id, name, path, says }: Schema) {
  return {
    schemas: [`${core}:ResourceType`],
    id: name,
    name,
    endpoint: path,
    description: says,
    schema: id,
    schemaExtensions: [],
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
  };
}

export function schemaDocument(baseUrl: string, { id, name, says, attributes }: Schema) {
  return {
    schemas: [`${core}:Schema`],
    id,
    name,
    description: says,
    attributes: attributes.map(describe),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  };
}

function describe(attribute: Attribute): Record<string, unknown> {
  const { name, type, says, ours, required, exact, manyMax, parts } = attribute;
  return {
    name,
    type,
    description: says,
    multiValued: manyMax !== undefined,
    required: required === true && name !== 'active',
    caseExact: exact === true,
    mutability: ours ? 'readOnly' : 'readWrite',
    returned: 'default',
    uniqueness: name === 'userName' ? 'server' : 'none',
    ...(parts ? { subAttributes: parts.map(describe) } : {}),
  };
}

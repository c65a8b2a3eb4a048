import { listOf } from '@clawster/control-plane/directory/answer';
import { resourceType, schemaDocument, schemas, serviceProviderConfig } from '@clawster/domain/scim/documents';
import { ScimRefusal } from '@clawster/domain/scim/scim-refusal';
import type { FastifyInstance } from 'fastify';
import { sendScim } from './scim-error.ts';

/** What we can do and which attributes there are (RFC 7644, section 4). */
export function addDiscovery(scope: FastifyInstance, baseUrl: () => string): void {
  const all = (documents: Record<string, unknown>[]) => listOf(documents, { total: documents.length, startIndex: 1 });
  const types = () => schemas.map((schema) => resourceType(baseUrl(), schema));
  const described = () => schemas.map((schema) => schemaDocument(baseUrl(), schema));
  const one = <D extends { id: string }>(documents: D[], id: string): D => {
    const found = documents.find((document) => document.id === id);
    if (!found) throw new ScimRefusal(404, 'There is no such document: see the list');
    return found;
  };
  type ById = { Params: { id: string } };
  scope.get('/ServiceProviderConfig', (_, reply) => sendScim(reply, 200, serviceProviderConfig(baseUrl())));
  scope.get('/ResourceTypes', (_, reply) => sendScim(reply, 200, all(types())));
  scope.get<ById>('/ResourceTypes/:id', ({ params }, reply) => sendScim(reply, 200, one(types(), params.id)));
  scope.get('/Schemas', (_, reply) => sendScim(reply, 200, all(described())));
  scope.get<ById>('/Schemas/:id', ({ params }, reply) => sendScim(reply, 200, one(described(), params.id)));
}

import type { Resource } from '@clawster/domain/scim/read-resource';
import { ScimRefusal, wrong } from '@clawster/domain/scim/scim-refusal';
import type { Schema } from '@clawster/domain/scim/schema';
import { type Selection, selectAttributes } from '@clawster/domain/scim/select-attributes';

/** A resource as it is answered, and the version that goes with it as an ETag. */
export type ScimAnswer = { body: Record<string, unknown>; version?: string; location?: string };

export type StoredResource = { id: string; resource: Resource; version: number; createdAt: Date; updatedAt: Date };

/** Puts round a resource what we tell of every one. */
export function answerOf(
  { schema, baseUrl, selection }: { schema: Schema; baseUrl: string; selection: Selection },
  { id, resource, version, createdAt, updatedAt }: StoredResource,
): Required<ScimAnswer> {
  const location = `${baseUrl}${schema.path}/${id}`;
  const etag = versionOf(version);
  const meta = {
    resourceType: schema.name,
    created: createdAt.toISOString(),
    lastModified: updatedAt.toISOString(),
    location,
    version: etag,
  };
  const body = selectAttributes({ schemas: [schema.id], id, ...resource, meta }, selection);
  return { body, version: etag, location };
}

export function versionOf(version: number): string {
  return `W/"${version}"`;
}

/** Refuses a change that was meant for what there was before (RFC 7644, section 3.14). */
export function refuseUnlessMeant(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '*') return;
  const meant = ifMatch.split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (!meant.includes(`"${version}"`))
    throw new ScimRefusal(412, 'It was changed since you read it: read it again, and ask anew');
}

/** One page of a list, as `ListResponse` numbers it: from 1. */
export type PageAsked = { startIndex: number; count: number };

export function listOf(
  resources: Record<string, unknown>[],
  { total, startIndex }: { total: number; startIndex: number },
) {
  return {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: total,
    startIndex,
    itemsPerPage: resources.length,
    Resources: resources,
  };
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** An id of ours, whatever was sent as one. */
export function idIn(text: string, noun: string): string {
  if (uuid.test(text)) return text.toLowerCase();
  throw noSuch(noun, text);
}

export function noSuch(noun: string, id: string): ScimRefusal {
  return new ScimRefusal(404, `No ${noun} that this directory made has the id ${id.slice(0, 60)}`);
}

/** Ids of people as they stand in `members`. */
export function memberIds(resource: Resource): string[] {
  const members = (resource['members'] ?? []) as { value: string }[];
  return members.map(({ value }) => {
    if (!uuid.test(value))
      throw wrong('invalidValue', `No user that this directory made has the id ${value.slice(0, 60)}`);
    return value.toLowerCase();
  });
}

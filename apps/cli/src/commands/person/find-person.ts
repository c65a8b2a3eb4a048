import type { Client } from '@clawster/client/client';
import type { Person } from '@clawster/contract/person';
import { allPages, named } from '../../find.ts';

/** The person meant by an e-mail address, a name or an id. */
export async function findPerson(client: Client, wanted: string): Promise<Person> {
  const people = await allPages((cursor) => client.people.list({ limit: 200, cursor }));
  return (
    people.find(({ id, email }) => id === wanted || email.toLowerCase() === wanted.toLowerCase()) ??
    named(people, wanted, { what: 'person', list: 'clawster person list' })
  );
}

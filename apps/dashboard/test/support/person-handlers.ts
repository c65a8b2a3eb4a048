import { randomUUID } from 'node:crypto';
import type { AcceptInvitation, Invitation, Invite } from '@clawster/contract/invitation';
import type { Role } from '@clawster/contract/permission';
import type { Person } from '@clawster/contract/person';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import { type Handler, identityOf, owner, type World } from './world.ts';

export const invitationToken = 'one-time-invitation';

export const resetToken = 'one-time-reset';

export const personHandlers: Record<string, Handler> = {
  'people.list': ({ people }) => ({ items: people, total: people.length }),
  'people.changeRole': (world, input: { personId: string; role: Role }) => {
    const person = personOf(world, input);
    if (person.role === 'owner') throw new Refused('refused', 'This is the last owner of the workspace');
    person.role = input.role;
    return { sessions: 0, apiKeys: 0, invitations: 0 };
  },
  'people.disable': (world, input: { personId: string }) => {
    const person = personOf(world, input);
    person.disabledAt = ago(0);
    return ended(person);
  },
  'people.enable': (world, input: { personId: string }) => {
    delete personOf(world, input).disabledAt;
    return {};
  },
  'people.makeResetLink': (world, input: { personId: string }) => {
    const person = personOf(world, input);
    if (person.email.startsWith('grace'))
      throw new Refused(
        'refused',
        `${person.name} belongs to another workspace too, which their passphrase opens as well`,
      );
    return { link: `http://127.0.0.1:4500/reset#token=${resetToken}`, expiresAt: ago(-1_800) };
  },
  'people.remove': (world: World, input: { personId: string }) => {
    const person = personOf(world, input);
    world.people = world.people.filter((one) => one !== person);
    return ended(person);
  },
  'invitations.list': ({ invitations }) => ({ items: invitations, total: invitations.length }),
  'invitations.create': (world, { email, role, delivery }: Invite) => {
    const taken = world.people.find((person) => person.email === email);
    const message = `${taken?.name} is a member already: change their role instead`;
    if (taken) throw new Refused('conflict', message, [{ path: 'email', message }]);
    const invitation = makeInvitation(email, role);
    world.invitations.unshift(invitation);
    if (delivery === 'mail') {
      invitation.mail = { state: 'waiting' };
      return { invitation };
    }
    return { invitation, link: `http://127.0.0.1:4500/invite#token=${invitationToken}` };
  },
  'invitations.revoke': (world, { invitationId }: { invitationId: string }) => {
    world.invitations = world.invitations.filter(({ id }) => id !== invitationId);
    return {};
  },
  'invitations.lookUp': (world, { token }: { token: string }) => {
    const [invitation] = world.invitations;
    if (token !== invitationToken || !invitation)
      throw new Refused('forbidden', 'This invitation was used, revoked, replaced or is older than a week');
    const { email, role, invitedBy, expiresAt } = invitation;
    const hasAccount = email.startsWith('known');
    return { email, role, workspaceName: world.workspaceName, invitedBy, expiresAt, hasAccount };
  },
  'invitations.accept': (world: World, { name }: AcceptInvitation) => {
    const [invitation] = world.invitations;
    if (!invitation) throw new Refused('forbidden', 'This invitation was used');
    world.people.push(makePerson(name, invitation.email, invitation.role));
    Object.assign(world, { invitations: [], signedIn: true, role: invitation.role });
    return identityOf(world);
  },
};

function personOf({ people }: World, { personId }: { personId: string }): Person {
  const person = people.find(({ id }) => id === personId);
  if (!person) throw new Refused('not-found', 'Nobody of this workspace has this id');
  return person;
}

function ended({ apiKeyCount = 0 }: Person) {
  return { sessions: 1, apiKeys: apiKeyCount, invitations: 0 };
}

export const somePeople = (): Person[] => [
  owner,
  makePerson('Annie Easley', 'annie@example.com', 'operator'),
  { ...makePerson('Grace Hopper', 'grace@example.com', 'admin'), apiKeyCount: 2 },
  { ...makePerson('Joan Clarke', 'joan.clarke.of.the.night.shift@example.com', 'viewer'), disabledAt: ago(90) },
];

export const someInvitations = (): Invitation[] => [
  makeInvitation('katherine@example.com', 'operator'),
  makeInvitation('mary@example.com', 'viewer', -2),
];

export function makeInvitation(email: string, role: Role, days = 7): Invitation {
  return {
    id: randomUUID(),
    email,
    role,
    invitedBy: owner.name,
    createdAt: ago(60),
    expiresAt: ago(-days * 86_400),
    expired: days < 0,
  };
}

export function makePerson(name: string, email: string, role: Role): Person {
  return { id: randomUUID(), name, email, role, createdAt: ago(80_000), lastSeenAt: ago(4_000) };
}

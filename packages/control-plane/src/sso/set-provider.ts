import { api } from '@clawster/contract/api';
import type { Role } from '@clawster/contract/permission';
import type { IdentityProvider, SetIdentityProvider } from '@clawster/contract/sso';
import { changesOf } from '@clawster/domain/audit/changes';
import { whyNotManage } from '@clawster/domain/person/manage';
import { Refusal } from '@clawster/domain/refusal';
import { type HeldRole, whyNotGrant } from '@clawster/domain/role/role';
import { rolesOfRule } from '@clawster/domain/sso/role-of-groups';
import { whyNotProviderUrl } from '@clawster/domain/sso/why-not-provider-url';
import type { Caller, SignedIn } from '../caller.ts';
import { command } from '../command.ts';
import { admit, parseInput } from '../enter.ts';
import { lockDirectory } from '../directory/directory.queries.ts';
import { followMapping } from '../directory/follow-mapping.ts';
import { findDefinition, holdDefinition } from '../role/role.queries.ts';
import type { Tx } from '../transaction.ts';
import { standing } from '../person/standing.ts';
import type { ControlPlane } from '../plane.ts';
import { readAs } from '../query.ts';
import { readSecret } from '../secret/read-secret.ts';
import { storeSecret } from '../secret/store-secret.ts';
import { forgetAttempts } from './attempt.queries.ts';
import { whyNotProvider } from './check-provider.ts';
import { findProvider, lockProvider, saveProvider, secretPlace, type StoredProvider } from './provider.queries.ts';

/** Sets or replaces the workspace's provider, which has just answered; it lets nobody in above the role of who sets it. */
export async function setProvider(plane: ControlPlane, asking: Caller, raw: unknown): Promise<IdentityProvider> {
  const caller = admit(api.sso.set, asking);
  const input = parseInput(api.sso.set, raw);
  const notThere = whyNotProviderUrl(input.issuer);
  if (notThere) throw Refusal.at('issuer', 'invalid', notThere);
  const { workspaceId } = caller;
  const before = await readAs(plane, caller, async (tx) => {
    const stored = await findProvider(tx, workspaceId);
    refuseBeyond(caller, stored, await definitionsOf(tx, caller, input));
    return (
      stored && {
        ...stored,
        clientSecret: await readSecret(tx, plane.keys, secretPlace(workspaceId, stored.provider.id)),
      }
    );
  });
  const { issuer, clientId } = input;
  const clientSecret = input.clientSecret ?? keptSecret(input, before);
  const wrong = await whyNotProvider(plane, { issuer, clientId, clientSecret });
  if (wrong) throw Refusal.at(wrong.path, 'invalid', wrong.message);
  // What was checked is what is saved, also when another changed the settings meanwhile.
  return save(clientSecret)(plane, caller, raw);
}

const save = (clientSecret: string) =>
  command(api.sso.set, async (context, input) => {
    const { tx, caller, record, plane } = context;
    const { workspaceId, role, permissions } = caller;
    // Before any member, as where a directory asks for something: neither waits for the other in a ring.
    await lockDirectory(tx, workspaceId);
    await standing(tx, caller);
    const before = await lockProvider(tx, workspaceId);
    refuseBeyond(caller, before, await heldDefinitions(tx, caller, input));
    const { clientSecret: _given, ...settings } = input;
    const { provider } = await saveProvider(tx, { workspaceId, settings, ceiling: { role, permissions } });
    const place = secretPlace(workspaceId, provider.id);
    const isNewSecret = clientSecret !== (await readSecret(tx, plane.keys, place));
    if (isNewSecret) await storeSecret(tx, plane.keys, { ...place, value: clientSecret });
    await forgetAttempts(tx, workspaceId);
    await record({
      type: 'sso-set',
      subjectId: provider.id,
      subjectName: provider.name,
      detail: changesOf(before ? settingsOf(before.provider, false) : {}, settingsOf(provider, isNewSecret)),
    });
    await followMapping(context, workspaceId);
    return provider;
  });

/** What a person sets. Of the secret only that it is another is told. */
function settingsOf({ id: _id, updatedAt: _updatedAt, ...settings }: IdentityProvider, isNewSecret: boolean) {
  return { ...settings, clientSecret: isNewSecret ? 'another' : 'the one there was' };
}

type Mapping = Pick<SetIdentityProvider, 'groupRoles' | 'defaultRole'>;

/** What the mapped roles may do; none of them is deleted until the transaction ends. */
function heldDefinitions(tx: Tx, { workspaceId }: SignedIn, input: Mapping): Promise<HeldRole[]> {
  return inTurn(rolesOfRule(input), (role) => holdDefinition(tx, workspaceId, role));
}

/** The same without holding them: a read may not. */
function definitionsOf(tx: Tx, { workspaceId }: SignedIn, input: Mapping): Promise<HeldRole[]> {
  return inTurn(rolesOfRule(input), (role) => findDefinition(tx, workspaceId, role));
}

async function inTurn(roles: Role[], find: (role: Role) => Promise<HeldRole>): Promise<HeldRole[]> {
  const found: HeldRole[] = [];
  for (const role of roles) found.push(await find(role));
  return found;
}

/** Nobody maps a group to what they could not hand out themselves, nor replaces what somebody above them set up. */
function refuseBeyond(caller: SignedIn, before: StoredProvider | undefined, mapped: HeldRole[]): void {
  const reason =
    (before && whyNotManage(caller, before.ceiling)) ??
    mapped.map((role) => whyNotGrant(caller, role)).find((why) => why !== undefined);
  if (reason) throw new Refusal('forbidden', reason);
}

function keptSecret(
  input: SetIdentityProvider,
  before: (StoredProvider & { clientSecret?: string | undefined }) | undefined,
): string {
  if (!before?.clientSecret)
    throw Refusal.at('clientSecret', 'invalid', 'Enter the client secret that the provider shows');
  if (before.provider.issuer !== input.issuer || before.provider.clientId !== input.clientId)
    throw Refusal.at(
      'clientSecret',
      'invalid',
      'Enter the secret again: the stored one only goes to the issuer and client it was for',
    );
  return before.clientSecret;
}

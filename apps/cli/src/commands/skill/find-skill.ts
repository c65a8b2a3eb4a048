import type { Client } from '@clawster/client/client';
import type { Skill } from '@clawster/contract/skill';
import { CliRefusal } from '../../failure.ts';

/** The version meant by `triage`, its newest, or by `triage@sha256:1f3c…` with as much of the digest as tells it apart. */
export async function findSkill(client: Client, wanted: string): Promise<Skill> {
  const [name = wanted, digest = ''] = wanted.split('@', 2);
  const { items } = await client.skills.list();
  const found = items.filter((one) => one.name === name && one.digest.startsWith(digest));
  const [first, second] = found;
  if (!first) throw new CliRefusal(`There is no skill ${wanted}. See them with: clawster skill list`);
  if (digest && second) throw new CliRefusal(`Several versions of ${name} begin so: write more of the digest.`);
  return first;
}

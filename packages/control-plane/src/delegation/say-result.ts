import { type RuleShare, RuleShare as Schema } from '@clawster/contract/team-rule';
import { asRead } from '../team/material.ts';
import type { DelegationRow } from './delegation-row.ts';

const sayings: Record<string, string> = {
  done: 'is done',
  failed: 'failed',
  cancelled: 'was cancelled',
  expired: 'was not done in time',
  refused: 'was refused',
};

/** What whoever asked is told of a delegation that is over: with its result, where a rule lets that back. */
export function sayResult(row: DelegationRow): string {
  const whom = row.toName ?? row.capability ?? 'a teammate';
  const title = row.untrusted ? '' : `“${row.title}”, `;
  const head = `Task ${row.id} (${title}given to ${whom}) ${sayings[row.state] ?? row.state}.`;
  const why = row.state === 'done' || !row.reason ? '' : ` ${reasonOf(row)}`;
  const isWhole = shareOf(row).up === 'result' && row.result;
  if (!isWhole) return `${head}${why}`;
  return `${head}${why}\n\n${asRead(row.result ?? '', row)}${artefactsOf(row)}`;
}

/** Why something failed its bot or host says; all else is said here. */
function reasonOf({ state, reason, untrusted }: DelegationRow): string {
  return state === 'failed' ? asRead(`${reason}.`, { untrusted }) : `${reason}.`;
}

function shareOf({ share }: DelegationRow): RuleShare {
  return Schema.parse(share);
}

function artefactsOf({ artefacts, untrusted }: DelegationRow): string {
  const all = artefacts as { name: string; text: string }[];
  return all.map(({ name, text }) => `\n\nAttached: ${name}\n${asRead(text, { untrusted })}`).join('');
}

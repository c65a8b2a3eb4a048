import { randomUUID } from 'node:crypto';
import { asLine } from '@clawster/contract/line';
import { cancelDelegation } from '@clawster/control-plane/delegation/cancel-delegation';
import { setMember } from '@clawster/control-plane/team/set-member';
import { updateTeam } from '@clawster/control-plane/team/update-team';
import type { AtWork } from '../seed/obedient-bot.ts';
import { directs } from './test-team.ts';
import {
  adasTitle,
  asksAda,
  asksBob,
  chats,
  decides,
  goalsNow,
  isTold,
  newGoal,
  ofAda,
  ofPeople,
  one,
  outsider,
  type Path,
  readsOutside,
  refusedPlan,
  ruled,
} from './hostile-stage.ts';

/** Every way by which a text reaches a bot. */
export const paths: Record<string, Path> = {
  'a task of a person': { bring: (stage, text) => ofPeople(stage, { text }) },
  'the title of a task': { short: 200, bring: (stage, title) => ofPeople(stage, { title }) },
  'a task out of a conversation with people outside': {
    outside: true,
    bring: async (stage, text) => {
      await chats(stage, { untrusted: true });
      await stage.lead.call('delegate', { to: stage.ada.name, title: 'T', task: text }, { session: stage.session });
      await stage.obeyed();
    },
  },
  'a message on a channel': {
    outside: true,
    bring: (stage, text) => stage.reads(stage.lead, text, `agent:main:telegram:direct:${randomUUID()}`),
  },
  'a conversation that people outside wrote in': {
    outside: true,
    bring: async (stage, text) => {
      await chats(stage, { untrusted: true });
      await stage.reads(stage.lead, text);
    },
  },
  'a conversation nobody knows': { outside: true, bring: (stage, text) => stage.reads(stage.lead, text) },
  'a result': { bring: (stage, text) => ofAda(stage, async () => text) },
  'a result that people outside had a hand in': {
    outside: true,
    bring: (stage, text) =>
      ofAda(stage, async (at) => {
        await readsOutside(stage, at, text);
        return text;
      }),
  },
  'an artefact': {
    bring: (stage, text) => ofAda(stage, (at) => handsIn(at, { name: 'file', text })),
  },
  'the name of an artefact': {
    short: 200,
    bring: (stage, name) => ofAda(stage, (at) => handsIn(at, { name, text: 'x' })),
  },
  'how far a task is': {
    outside: true,
    bring: async (stage, text) => {
      await chats(stage);
      const asked = Promise.withResolvers<void>();
      const said = Promise.withResolvers<void>();
      stage.adaWill(async (at) => {
        await readsOutside(stage, at, text);
        await at.call('report_progress', { text });
        said.resolve();
        await asked.promise;
        return 'Done';
      });
      const id = /[0-9a-f-]{36}/.exec((await asksAda(stage)).text)?.[0];
      await said.promise;
      const status = await stage.lead.call('task_status', { task_id: id }, { session: stage.session });
      await stage.reads(stage.lead, status.text);
      asked.resolve();
    },
  },
  'what failed': {
    bring: (stage, text) => ofAda(stage, async () => Promise.reject(new Error(text.slice(0, 2_000)))),
  },
  'what the team knows, from outside': {
    outside: true,
    bring: async (stage, text) => {
      await chats(stage);
      const key = `known/${randomUUID()}`;
      await stage.bob.call('write_context', { key, text, base_version: 0 }, { session: outsider });
      await stage.reads(stage.lead, (await stage.lead.call('read_context', { key }, { session: stage.session })).text);
    },
  },
  'what the team knows': {
    bring: async (stage, text) => {
      await chats(stage);
      await directs(stage.installation, stage.bob, { session: stage.session });
      const key = `known/${randomUUID()}`;
      await stage.bob.call('write_context', { key, text, base_version: 0 }, { session: stage.session });
      await stage.reads(stage.lead, (await stage.lead.call('read_context', { key }, { session: stage.session })).text);
    },
  },
  'the answer to a question': {
    bring: async (stage, text) => {
      await chats(stage);
      await stage.lead.call('ask_human', { question: `What now? ${stage.session}` }, { session: stage.session });
      await decides(stage, `session = '${stage.session}'`, { answer: text });
      await isTold(stage);
    },
  },
  'the text of a goal': { bring: (stage, text) => newGoal(stage, { text }).then(() => isTold(stage)) },
  'the title of a goal': { short: 200, bring: (stage, title) => newGoal(stage, { title }).then(() => isTold(stage)) },
  'a plan that was refused': {
    outside: true,
    bring: async (stage, task) => {
      await chats(stage, { untrusted: true });
      await refusedPlan(stage, { task });
    },
  },
  'why a plan was refused': {
    short: 500,
    bring: async (stage, reason) => {
      await chats(stage);
      await refusedPlan(stage, { reason });
    },
  },
  'what does not go on': {
    bring: async (stage, text) => {
      const tasks = [{ key: 'one', title: adasTitle, text: 'Do it', capability: 'work' }];
      stage.adaWill(async () => Promise.reject(new Error(text.slice(0, 2_000))));
      await newGoal(stage, { plan: { milestones: [{ title: 'M', tasks }] } });
      for (let look = 0; look < 4; look += 1) await goalsNow(stage);
      await isTold(stage);
    },
  },
  'the charter': {
    arrange: ({ installation: { plane, caller }, team: { teamId } }, charter) =>
      updateTeam(plane, caller, { teamId, charter }),
    bring: async (stage) => {
      await chats(stage);
      const { charter } = await one(stage, `select charter from team where id = '${stage.team.teamId}'`);
      await stage.reads(stage.lead, String(charter));
    },
  },
  'what a teammate is': {
    short: 120,
    arrange: ({ installation: { plane, caller }, team: { teamId }, bob }, title) =>
      setMember(plane, caller, { teamId, botId: bob.link.botId, title, capabilities: ['work'] }),
    bring: async (stage) => {
      await chats(stage);
      await stage.reads(stage.lead, (await stage.lead.call('list_teammates', {}, { session: stage.session })).text);
    },
  },
  'why something is refused': {
    short: 300,
    arrange: (stage, reason) => ruled(stage, { do: 'refuse', reason }),
    bring: asksBob,
  },
  'why something is held': {
    short: 300,
    arrange: (stage, reason) => ruled(stage, { do: 'hold', reason }),
    bring: asksBob,
  },
  'why something was taken back': {
    short: 300,
    bring: async (stage, reason) => {
      await chats(stage);
      stage.adaWill(() => new Promise(() => {}));
      const delegationId = /[0-9a-f-]{36}/.exec((await asksAda(stage)).text)?.[0];
      await cancelDelegation(stage.installation.plane, stage.installation.caller, { delegationId, reason });
      await isTold(stage);
    },
  },
};

async function handsIn(at: AtWork, artefact: { name: string; text: string }): Promise<string> {
  await at.call('complete_task', { result: 'See there', artefacts: [artefact] });
  return 'Done';
}

/** The text as this path takes it. */
export function shaped({ short }: Path, text: string): string {
  return (short === undefined ? text : asLine(text, short)).trim();
}

import { expect, test } from 'vitest';
import { type Suite, untilState } from './conformance-suite.ts';

/** What a target promises that can say what lies there of bots. */
export function describeLying({ under, target, newBot }: Suite): void {
  test('names the bots that lie here, where it can', async () => {
    const workload = under().workload(newBot());
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    const named = { botId: workload.botId, name: workload.botName };
    const lying = { ...named, runs: true, since: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) };
    expect((await target().bots?.()) ?? [lying]).toContainEqual(lying);
    await target().stop(workload.botId);
    expect((await target().bots?.()) ?? [lying]).toContainEqual({ ...lying, runs: false });
  });

  test('says what a bot was by what lies in its folder, where it can', async ({ skip }) => {
    const workload = under().workload(newBot());
    const asked = target().leftBehind;
    if (!asked) return skip();
    await target().apply(workload);
    await untilState(target(), workload.botId, 'running');
    await under().received(workload.botId);
    await under().writeState(workload.botId, 'workspace/SOUL.md', '# Soul');
    await under().writeState(workload.botId, 'workload.json', JSON.stringify(workload));
    const left = { name: workload.botName, runtimeVersion: workload.runtime.version, files: { 'SOUL.md': '# Soul' } };
    expect(await asked(workload.botId)).toMatchObject(left);
    await target().remove(workload.botId, { deleteState: false });
    expect(await asked(workload.botId)).toMatchObject(left);
    for (const garbage of ['{', '[]', '{"botName":1}', 'x'.repeat(200_000)]) {
      await under().writeState(workload.botId, 'workload.json', garbage);
      expect(await asked(workload.botId)).toMatchObject({ name: undefined, files: left.files });
    }
  });
}

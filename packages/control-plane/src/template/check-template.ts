import { Settings } from '@clawster/contract/settings';
import type { TemplateContent } from '@clawster/contract/template';
import { effectiveOf } from '@clawster/domain/config/effective';
import { Refusal } from '@clawster/domain/refusal';
import { fillTemplate, sampleAnswers, whyNotTemplate } from '@clawster/domain/template/fill';
import { recommendedVersion } from '@clawster/runtime/versions';
import { issuesOf } from '../configuration/judge.ts';
import { refuseUnsettable } from '../configuration/propose.ts';

/** Refuses a template no bot could be made from: by its variables, what its settings say, and what they come to alone. */
export function refuseUnusable(content: TemplateContent): void {
  refuse(whyNotTemplate(content).map(({ path, message }) => ({ path: `content.${path}`, message })));
  const { settings: filled } = fillTemplate(content, sampleAnswers(content));
  const parsed = Settings.safeParse(filled);
  if (!parsed.success)
    refuse(
      parsed.error.issues.map(({ path, message }) => ({ path: ['content', 'settings', ...path].join('.'), message })),
    );
  else {
    refuseUnsettable(parsed.data, content.locked);
    const ref = { kind: 'template' as const, name: 'template' };
    const layer = { ref, settings: filled, locked: content.locked };
    const effective = effectiveOf({ name: 'Sample', provider: 'demo', model: 'demo' }, [layer]);
    const issues = issuesOf({ configuration: { ...effective, layers: [ref] }, version: recommendedVersion });
    refuse(issues.map(({ path, message }) => ({ path: `content.settings.${path}`, message })));
  }
}

function refuse(issues: { path: string; message: string }[]): void {
  const [first] = issues;
  if (first) throw new Refusal('invalid', first.message, { issues: issues.slice(0, 20) });
}

import { api } from '@clawster/contract/api';
import type { TemplateContent, VariableValues } from '@clawster/contract/template';
import { fillTemplate } from '@clawster/domain/template/fill';
import { useQuery } from '@tanstack/react-query';
import { q } from '../../../lib/query.ts';
import type { Draft } from './draft.ts';

/** What the chosen template asks, and whether all of it is answered, by the rules of the server. */
export function useQuestions({ template, answers: given }: Draft) {
  const { data } = useQuery({
    ...q(api.templates.get, { templateId: template?.id ?? '', ...(template ? { version: template.version } : {}) }),
    enabled: template !== undefined,
  });
  const content = template ? data?.content : undefined;
  const answers = content ? complete(content, given) : given;
  const issues = content ? fillTemplate(content, answers).issues : [];
  return {
    content,
    answers,
    issueOf: (name: string) => issues.find(({ path }) => path === `variables.${name}`)?.message,
    /** Until it is known what it asks, it cannot be answered. */
    isOpen: template !== undefined && (content === undefined || issues.length > 0),
  };
}

/** A box that is not ticked says no. */
function complete({ variables }: TemplateContent, answers: VariableValues): VariableValues {
  const unticked = variables.filter(({ kind, default: usual }) => kind === 'boolean' && usual === undefined);
  return { ...Object.fromEntries(unticked.map(({ name }) => [name, false])), ...answers };
}

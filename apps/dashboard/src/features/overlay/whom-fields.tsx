import type { Overlay } from '@clawster/contract/overlay';
import { BotOrLabels } from '../configuration/bot-or-labels.tsx';
import { labelsText } from '../configuration/layer-fields.tsx';
import type { Written } from './overlay-editor.tsx';

type WhomFieldsProps = {
  overlay: Overlay | undefined;
  written: Written;
  change: (part: Partial<Written>) => void;
  issueOf: (path: string) => string | undefined;
};

/** Whom an overlay is for: chosen once, and told from then on. */
export function WhomFields({ overlay, written, change, issueOf }: WhomFieldsProps) {
  if (overlay) return <p className="text-sm text-muted">For {sayWhom(overlay)}. That stays as it is.</p>;
  const botIssue = issueOf('botId');
  return <BotOrLabels {...{ written, change, botIssue }} hint="All of them must be there." />;
}

export function sayWhom({ botId, botName, selector }: Overlay): string {
  return botId ? (botName ?? 'one bot') : `bots with ${labelsText(selector)}`;
}

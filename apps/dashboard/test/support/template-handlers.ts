import { randomUUID } from 'node:crypto';
import type { Document } from '@clawster/contract/document';
import type { Template, TemplateContent, TemplateDetail } from '@clawster/contract/template';
import type { StoredTemplate } from '@clawster/domain/config/layers-of';
import { whyNotOpenclaw } from '@clawster/domain/config/settable';
import { whyNotTemplate } from '@clawster/domain/template/fill';
import { botOf } from './bot-of.ts';
import { ago } from './fleet.ts';
import { Refused } from './refused.ts';
import type { Handler, World } from './world.ts';

/** A template with all its versions, the oldest first. */
export type StandInTemplate = {
  id: string;
  name: string;
  summary: string;
  builtIn: boolean;
  versions: { content: TemplateContent; note: string }[];
};
type Named = { name: string; summary: string };
type One = { templateId: string };

export const templateHandlers: Record<string, Handler> = {
  'templates.list': (world) => ({ items: world.templates.map((one) => toTemplate(world, one)) }),
  'templates.get': (world, { templateId, version }: One & { version?: number }) =>
    toDetail(world, found(world, templateId), version),
  'templates.create': (world, { name, summary, content }: Named & { content: TemplateContent }) => {
    refuseUnfit(content);
    return toDetail(world, added(world, { name, summary }, content));
  },
  'templates.update': (world, input: One & Partial<Named> & { content?: TemplateContent; note: string }) => {
    const template = found(world, input.templateId);
    if (template.builtIn) throw new Refused('refused', 'It comes with Clawster: make your own from it');
    if (input.content) {
      refuseUnfit(input.content);
      template.versions.push({ content: input.content, note: input.note });
    }
    template.name = input.name ?? template.name;
    template.summary = input.summary ?? template.summary;
    return toDetail(world, template);
  },
  'templates.delete': (world, { templateId }: One) => {
    world.templates = world.templates.filter(({ id }) => id !== templateId);
    return {};
  },
  'templates.saveBot': (world, { botId, name, summary }: Named & { botId: string }) => {
    const { settings } = botOf(world, botId).spec;
    return toDetail(
      world,
      added(world, { name, summary }, { variables: [], settings: settings as Document, locked: [] }),
    );
  },
};

export function storedTemplates({ templates }: World): StoredTemplate[] {
  return templates.flatMap(({ id, name, versions }) =>
    versions.map(({ content }, at) => ({ id, name, version: at + 1, content })),
  );
}

function added(world: World, named: Named, content: TemplateContent): StandInTemplate {
  const template = { id: randomUUID(), builtIn: false, ...named, versions: [{ content, note: '' }] };
  world.templates.push(template);
  return template;
}

function refuseUnfit(content: TemplateContent): void {
  const unsettable = whyNotOpenclaw((content.settings['openclaw'] ?? {}) as Document);
  const issues = [...whyNotTemplate(content), ...unsettable.map((one) => ({ ...one, path: `settings.${one.path}` }))];
  if (issues[0])
    throw new Refused(
      'invalid',
      issues[0].message,
      issues.map(({ path, message }) => ({ path: `content.${path}`, message })),
    );
}

function toTemplate(world: World, { id, name, summary, builtIn, versions }: StandInTemplate): Template {
  const using = world.bots.filter(({ spec }) => spec.template?.id === id);
  return {
    id,
    name,
    summary,
    builtIn,
    version: versions.length,
    botCount: using.length,
    outdatedCount: using.filter(({ spec }) => spec.template?.version !== versions.length).length,
    ...(builtIn ? {} : { updatedAt: ago(600) }),
  };
}

function toDetail(world: World, template: StandInTemplate, version = template.versions.length): TemplateDetail {
  const shown = template.versions[version - 1];
  if (!shown) throw new Refused('not-found', `There is no version ${version} of it`);
  return {
    ...toTemplate(world, template),
    content: shown.content,
    shownVersion: version,
    versions: template.versions
      .map(({ note }, at) => ({ version: at + 1, note, author: 'Ada Lovelace', createdAt: ago(3_600 - at * 600) }))
      .toReversed(),
  };
}

function found({ templates }: World, templateId: string): StandInTemplate {
  const template = templates.find(({ id }) => id === templateId);
  if (!template) throw new Refused('not-found', 'There is no such template in this workspace');
  return template;
}

import { Settings } from '@clawster/contract/settings';
import { TemplateContent } from '@clawster/contract/template';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effectiveOf } from '../config/effective.ts';
import { whyNotOpenclaw } from '../config/settable.ts';
import { builtInTemplates } from './built-in.ts';
import { fillTemplate, sampleAnswers, whyNotTemplate } from './fill.ts';

const content = (settings: unknown, variables: unknown[] = []) => TemplateContent.parse({ settings, variables });

describe('a template', () => {
  test('gets its answers where its variables are, and a text that is only one takes its kind', () => {
    const template = content(
      { identity: { role: 'For {{ who }} and {{who}}' }, openclaw: { a: '{{many}}', b: ['x{{many}}'] } },
      [
        { name: 'who', label: 'Who' },
        { name: 'many', label: 'Many', kind: 'number' },
      ],
    );
    expect(fillTemplate(template, { who: 'Acme', many: 3 })).toEqual({
      settings: { identity: { role: 'For Acme and Acme' }, openclaw: { a: 3, b: ['x3'] } },
      issues: [],
    });
  });

  test('puts whatever was answered in word for word, and never looks into it', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (answer) => {
        const template = content({ identity: { role: '<{{a}}>' } }, [
          { name: 'a', label: 'A' },
          { name: 'b', label: 'B', default: 'x' },
        ]);
        expect(fillTemplate(template, { a: answer }).settings).toEqual({ identity: { role: `<${answer}>` } });
      }),
    ));

  test('whose defaults lead back to themselves is told, however long the way', () => {
    const variables = ['a', 'b', 'c'].map((name, at, all) => ({
      name,
      label: name,
      default: `{{${all[(at + 1) % 3]}}}`,
    }));
    expect(whyNotTemplate(content({}, variables)).map(({ message }) => message)).toContain(
      'a → b → c → a: defaults that lead back to themselves have no value',
    );
  });
});

describe.each(builtInTemplates)('the built-in template $id', ({ content: built, name, summary }) => {
  const { settings, issues } = fillTemplate(built, sampleAnswers(built));

  test('can be used as it is: its variables, its settings, its tools', () => {
    expect([issues, whyNotTemplate(built)]).toEqual([[], []]);
    const parsed = Settings.parse(settings);
    expect(whyNotOpenclaw(parsed.openclaw ?? {})).toEqual([]);
    const layer = { ref: { kind: 'template' as const, name }, settings };
    expect(effectiveOf({ name: 'A'.repeat(40), provider: 'demo', model: 'demo' }, [layer]).issues).toEqual([]);
  });

  test('says who the bot is, what for, how it speaks and what it is to reach, with measures', () => {
    const { identity } = Settings.parse(settings);
    for (const text of [identity?.role, identity?.personality, identity?.style, summary])
      expect(text?.length).toBeGreaterThan(20);
    expect(
      Array.isArray(identity?.goals) && identity.goals.length >= 2 && identity.goals.every(({ measure }) => measure),
    ).toBe(true);
  });

  test('asks for nothing it has no use for', () => {
    const text = JSON.stringify([built.settings, built.variables.map((variable) => variable.default)]);
    for (const variable of built.variables) expect(text).toContain(`{{${variable.name}}}`);
  });
});

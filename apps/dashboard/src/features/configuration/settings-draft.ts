import type { Document } from '@clawster/contract/document';
import type { Goal, Settings, SkillPin } from '@clawster/contract/settings';

/** Settings that are being edited, with the text of their OpenClaw part as it is typed. */
export type SettingsDraft = {
  settings: Settings;
  raw: string;
  /** Why the text is no JSON; the settings hold what it was before. */
  rawTrouble?: string;
};
export type IdentityText = 'role' | 'personality' | 'style' | 'emoji';
/** What settings say of a list. */
export type ListDraft<Item> = {
  /** Whether they are added to those of the layers below, or take their place. */
  mode: 'add' | 'replace';
  own: Item[];
  /** Of the layers below, those that are left out. */
  without: Item[];
};
export type GoalsDraft = ListDraft<Goal>;
/** By their pins. */
export type SkillsDraft = ListDraft<SkillPin>;
/** As `host:port`. */
export type HostsDraft = ListDraft<string>;
export type ToolsDraft = { list?: string[]; add: string[]; remove: string[] };

/** A draft of these settings. */
export function draftOf(settings: Settings): SettingsDraft {
  return { settings, raw: rawOf(settings.openclaw) };
}

/** The settings to save: without what is empty, and without goals nobody has written yet. */
export function settingsOf({ settings: { identity, openclaw, ...others } }: SettingsDraft): Settings {
  const { goals, ...rest } = identity ?? {};
  const written = cleanGoals(goals);
  const whole = { ...rest, ...(written === undefined ? {} : { goals: written }) };
  return {
    ...others,
    ...(identity === null ? { identity } : Object.keys(whole).length > 0 ? { identity: whole } : {}),
    ...(openclaw && Object.keys(openclaw).length > 0 ? { openclaw } : {}),
  };
}

/** With another text; undefined says nothing, null takes away what the layers below say. */
export function withText(draft: SettingsDraft, key: IdentityText, text: string | null | undefined): SettingsDraft {
  const { [key]: _, ...others } = draft.settings.identity ?? {};
  const identity = text === undefined || text === '' ? others : { ...others, [key]: text };
  return { ...draft, settings: { ...draft.settings, identity } };
}

/** What these settings say of the goals. */
export function goalsOf({ identity }: Settings): GoalsDraft {
  return listDraftOf(identity?.goals);
}

/** With other goals. */
export function withGoals(draft: SettingsDraft, { mode, own, without }: GoalsDraft): SettingsDraft {
  const { goals: _, ...others } = draft.settings.identity ?? {};
  const goals = mode === 'replace' ? own : { $add: own, $remove: without };
  const identity = mode === 'add' && own.length + without.length === 0 ? others : { ...others, goals };
  return { ...draft, settings: { ...draft.settings, identity } };
}

/** What these settings say of the skills. */
export function skillsOf({ skills }: Settings): SkillsDraft {
  return listDraftOf(skills);
}

/** With other skills. */
export function withSkills(draft: SettingsDraft, { mode, own, without }: SkillsDraft): SettingsDraft {
  const { skills: _, ...others } = draft.settings;
  const skills = mode === 'replace' ? own : changeOf(own, without);
  return { ...draft, settings: { ...others, ...(skills ? { skills } : {}) } };
}

/** What these settings say of the hosts that a bot may reach. */
export function hostsOf({ egress }: Settings): HostsDraft {
  return listDraftOf(egress?.hosts);
}

/** With other hosts. */
export function withHosts(draft: SettingsDraft, { mode, own, without }: HostsDraft): SettingsDraft {
  const { egress: _, ...others } = draft.settings;
  const hosts = mode === 'replace' ? own : changeOf(own, without);
  return { ...draft, settings: { ...others, ...(hosts ? { egress: { hosts } } : {}) } };
}

/** What these settings say of the tools. */
export function toolsOf({ openclaw }: Settings): ToolsDraft {
  const allow = (openclaw?.['tools'] as Document | undefined)?.['allow'];
  if (Array.isArray(allow)) return { list: allow.map(String), add: [], remove: [] };
  const { $add = [], $remove = [] } = (allow ?? {}) as { $add?: string[]; $remove?: string[] };
  return { add: [...$add], remove: [...$remove] };
}

/** With a tool that is given, taken away, or left to the layers below. */
export function withTool(draft: SettingsDraft, name: string, wanted: 'on' | 'off' | 'below'): SettingsDraft {
  const { list, add, remove } = toolsOf(draft.settings);
  const others = (names: readonly string[]) => names.filter((other) => other !== name);
  const allow = list
    ? [...others(list), ...(wanted === 'on' ? [name] : [])]
    : changeOf(
        [...others(add), ...(wanted === 'on' ? [name] : [])],
        [...others(remove), ...(wanted === 'off' ? [name] : [])],
      );
  const { tools, ...rest } = draft.settings.openclaw ?? {};
  const { allow: _, ...otherTools } = (tools ?? {}) as Document;
  const whole: Document = allow === undefined ? otherTools : { ...otherTools, allow };
  return withOpenclaw(draft, Object.keys(whole).length > 0 ? { ...rest, tools: whole } : rest);
}

/** With the text as it is typed: taken over once it is JSON. */
export function withRaw(draft: SettingsDraft, raw: string): SettingsDraft {
  const { rawTrouble: _, ...known } = draft;
  const { openclaw: __, ...settings } = draft.settings;
  if (raw.trim() === '') return { ...known, raw, settings };
  try {
    const openclaw: unknown = JSON.parse(raw);
    if (typeof openclaw !== 'object' || openclaw === null || Array.isArray(openclaw))
      return { ...known, raw, rawTrouble: 'Write an object, such as { "messages": {} }' };
    return { ...known, raw, settings: { ...settings, openclaw: openclaw as Document } };
  } catch (error) {
    return { ...known, raw, rawTrouble: `This is no JSON yet: ${(error as Error).message}` };
  }
}

function withOpenclaw(draft: SettingsDraft, openclaw: Document): SettingsDraft {
  const { rawTrouble: _, ...known } = draft;
  return { ...known, settings: { ...draft.settings, openclaw }, raw: rawOf(openclaw) };
}

function rawOf(openclaw: Document | undefined): string {
  return openclaw && Object.keys(openclaw).length > 0 ? JSON.stringify(openclaw, null, 2) : '';
}

type ListChange<Item> = { $add?: Item[] | undefined; $remove?: Item[] | undefined };
function listDraftOf<Item>(said: Item[] | ListChange<Item> | null | undefined): ListDraft<Item> {
  if (said === undefined) return { mode: 'add', own: [], without: [] };
  if (said === null || Array.isArray(said)) return { mode: 'replace', own: said ?? [], without: [] };
  return { mode: 'add', own: said.$add ?? [], without: said.$remove ?? [] };
}

function changeOf<Item>($add: Item[], $remove: Item[]): { $add?: Item[]; $remove?: Item[] } | undefined {
  if ($add.length + $remove.length === 0) return undefined;
  return { ...($add.length > 0 ? { $add } : {}), ...($remove.length > 0 ? { $remove } : {}) };
}

type Goals = NonNullable<Settings['identity']>['goals'];
function cleanGoals(goals: Goals): Goals {
  if (!goals) return goals;
  const written = (list: Goal[]) =>
    list
      .filter(({ goal }) => goal.trim() !== '')
      .map(({ goal, measure }) => ({ goal: goal.trim(), ...(measure?.trim() ? { measure: measure.trim() } : {}) }));
  if (Array.isArray(goals)) return written(goals);
  return changeOf(written(goals.$add ?? []), goals.$remove ?? []);
}

import type { CliCommand } from './command.ts';
import { apply } from './commands/apply.ts';
import { exportWorkspace } from './commands/export.ts';
import { create as createOverlay } from './commands/overlay/create.ts';
import { deleteOverlay } from './commands/overlay/delete.ts';
import { list as listOverlays } from './commands/overlay/list.ts';
import { show as showOverlay } from './commands/overlay/show.ts';
import { update as updateOverlay } from './commands/overlay/update.ts';
import { plan } from './commands/plan.ts';
import { create as createProfile } from './commands/profile/create.ts';
import { deleteProfile } from './commands/profile/delete.ts';
import { list as listProfiles } from './commands/profile/list.ts';
import { show as showProfile } from './commands/profile/show.ts';
import { update as updateProfile } from './commands/profile/update.ts';
import { add as addSkill } from './commands/skill/add.ts';
import { approve as approveSkill } from './commands/skill/approve.ts';
import { deleteSkill } from './commands/skill/delete.ts';
import { list as listSkills } from './commands/skill/list.ts';
import { show as showSkill } from './commands/skill/show.ts';
import { create as createTemplate } from './commands/template/create.ts';
import { deleteTemplate } from './commands/template/delete.ts';
import { list as listTemplates } from './commands/template/list.ts';
import { show as showTemplate } from './commands/template/show.ts';
import { upgrade as upgradeTemplate } from './commands/template/upgrade.ts';
import { update as updateTemplate } from './commands/template/update.ts';

/** What bots are made of and share, and all of it as files. */
export const configurationCommands: CliCommand[] = [
  listTemplates,
  showTemplate,
  createTemplate,
  updateTemplate,
  upgradeTemplate,
  deleteTemplate,
  listProfiles,
  showProfile,
  createProfile,
  updateProfile,
  deleteProfile,
  listOverlays,
  showOverlay,
  createOverlay,
  updateOverlay,
  deleteOverlay,
  listSkills,
  showSkill,
  addSkill,
  approveSkill,
  deleteSkill,
  exportWorkspace,
  plan,
  apply,
];

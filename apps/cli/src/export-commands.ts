import type { CliCommand } from './command.ts';
import { create as createExporter } from './commands/exporter/create.ts';
import { list as listExporters } from './commands/exporter/list.ts';
import { update as updateExporter } from './commands/exporter/update.ts';
import { testExporter } from './commands/exporter/test.ts';
import { resume as resumeExporter } from './commands/exporter/resume.ts';
import { deleteExporter } from './commands/exporter/delete.ts';
import { create as createLinkOut } from './commands/link-out/create.ts';
import { list as listLinkOuts } from './commands/link-out/list.ts';
import { deleteLinkOut } from './commands/link-out/delete.ts';

/** Other tools that are sent what bots do, and links to them. */
export const exportCommands: CliCommand[] = [
  createExporter,
  listExporters,
  updateExporter,
  testExporter,
  resumeExporter,
  deleteExporter,
  createLinkOut,
  listLinkOuts,
  deleteLinkOut,
];

import { activityCommands } from './activity-commands.ts';
import { botCommands } from './bot-commands.ts';
import { delegationCommands } from './delegation-commands.ts';
import { exportCommands } from './export-commands.ts';
import type { CliCommand } from './command.ts';
import { channelCommands } from './channel-commands.ts';
import { configurationCommands } from './configuration-commands.ts';
import { costCommands } from './cost-commands.ts';
import { goalCommands } from './goal-commands.ts';
import { inboxCommands } from './inbox-commands.ts';
import { scanCommands } from './scan-commands.ts';
import { addTotp } from './commands/account/add-totp.ts';
import { email } from './commands/account/email.ts';
import { forgotten } from './commands/account/forgotten.ts';
import { password } from './commands/account/password.ts';
import { passkeys } from './commands/account/passkeys.ts';
import { recoveryCodes } from './commands/account/recovery-codes.ts';
import { removePasskey } from './commands/account/remove-passkey.ts';
import { removeTotp } from './commands/account/remove-totp.ts';
import { remove as removeAccount } from './commands/account/remove.ts';
import { rename } from './commands/account/rename.ts';
import { reset } from './commands/account/reset.ts';
import { create as createApiKey } from './commands/api-key/create.ts';
import { list as listApiKeys } from './commands/api-key/list.ts';
import { revoke as revokeApiKey } from './commands/api-key/revoke.ts';
import { rotate as rotateApiKey } from './commands/api-key/rotate.ts';
import { create as createSink } from './commands/audit-sink/create.ts';
import { deleteSink } from './commands/audit-sink/delete.ts';
import { list as listSinks } from './commands/audit-sink/list.ts';
import { send as sendToSink } from './commands/audit-sink/send.ts';
import { create as createView } from './commands/audit-view/create.ts';
import { deleteView } from './commands/audit-view/delete.ts';
import { list as listViews } from './commands/audit-view/list.ts';
import { checkpoint } from './commands/audit/checkpoint.ts';
import { retention } from './commands/audit/retention.ts';
import { setCapture } from './commands/capture/set.ts';
import { showCapture } from './commands/capture/show.ts';
import { verify } from './commands/audit/verify.ts';
import { create as createBackup } from './commands/backup/create.ts';
import { deleteBackup } from './commands/backup/delete.ts';
import { list as listBackups } from './commands/backup/list.ts';
import { restore as restoreBackup } from './commands/backup/restore.ts';
import { can } from './commands/can.ts';
import { attach as attachConnector } from './commands/connector/attach.ts';
import { check as checkConnector } from './commands/connector/check.ts';
import { create as createConnector } from './commands/connector/create.ts';
import { deleteConnector } from './commands/connector/delete.ts';
import { list as listConnectors } from './commands/connector/list.ts';
import { show as showConnector } from './commands/connector/show.ts';
import { test as testConnector } from './commands/connector/test.ts';
import { update as updateConnector } from './commands/connector/update.ts';
import { connect } from './commands/directory/connect.ts';
import { groups } from './commands/directory/groups.ts';
import { remove as removeDirectory } from './commands/directory/remove.ts';
import { rotate as rotateDirectory } from './commands/directory/rotate.ts';
import { show as showDirectory } from './commands/directory/show.ts';
import { down } from './commands/down.ts';
import { exportEvents } from './commands/event/export.ts';
import { follow } from './commands/event/follow.ts';
import { list as listEvents } from './commands/event/list.ts';
import { halt } from './commands/halt.ts';
import { backup as backUpInstallation } from './commands/installation/backup.ts';
import { resetLink as makeLocalResetLink } from './commands/installation/reset-link.ts';
import { restore as restoreInstallation } from './commands/installation/restore.ts';
import { list as listKeys } from './commands/key/list.ts';
import { reencrypt } from './commands/key/reencrypt.ts';
import { rewrap } from './commands/key/rewrap.ts';
import { login } from './commands/login.ts';
import { logout } from './commands/logout.ts';
import { remove as removeMail } from './commands/mail/remove.ts';
import { set as setMail } from './commands/mail/set.ts';
import { show as showMail } from './commands/mail/show.ts';
import { test as testMail } from './commands/mail/test.ts';
import { open } from './commands/open.ts';
import { cancel } from './commands/operation/cancel.ts';
import { list as listOperations } from './commands/operation/list.ts';
import { show as showOperation } from './commands/operation/show.ts';
import { install } from './commands/runtime/install.ts';
import { disable as disablePerson } from './commands/person/disable.ts';
import { enable as enablePerson } from './commands/person/enable.ts';
import { invitations } from './commands/person/invitations.ts';
import { invite } from './commands/person/invite.ts';
import { list as listPeople } from './commands/person/list.ts';
import { remove as removePerson } from './commands/person/remove.ts';
import { resetLink } from './commands/person/reset-link.ts';
import { role as changeRole } from './commands/person/role.ts';
import { uninvite } from './commands/person/uninvite.ts';
import { bind } from './commands/role/bind.ts';
import { bindings } from './commands/role/bindings.ts';
import { create as createRole } from './commands/role/create.ts';
import { deleteRole } from './commands/role/delete.ts';
import { list as listRoles } from './commands/role/list.ts';
import { unbind } from './commands/role/unbind.ts';
import { update as updateRole } from './commands/role/update.ts';
import { list as listRuntimes } from './commands/runtime/list.ts';
import { seed } from './commands/seed.ts';
import { create as createServiceAccount } from './commands/service-account/create.ts';
import { deleteServiceAccount } from './commands/service-account/delete.ts';
import { disable as disableServiceAccount } from './commands/service-account/disable.ts';
import { enable as enableServiceAccount } from './commands/service-account/enable.ts';
import { list as listServiceAccounts } from './commands/service-account/list.ts';
import { update as updateServiceAccount } from './commands/service-account/update.ts';
import { remove as removeSso } from './commands/sso/remove.ts';
import { set as setSso } from './commands/sso/set.ts';
import { show as showSso } from './commands/sso/show.ts';
import { test as testSso } from './commands/sso/test.ts';
import { status } from './commands/status.ts';
import { targetCommands } from './target-commands.ts';
import { test } from './commands/test.ts';
import { up } from './commands/up.ts';
import { create as createWorkspace } from './commands/workspace/create.ts';
import { list as listWorkspaces } from './commands/workspace/list.ts';
import { rename as renameWorkspace } from './commands/workspace/rename.ts';
import { secondFactor } from './commands/workspace/second-factor.ts';
import { whoami } from './commands/whoami.ts';
import { secretCommands } from './secret-commands.ts';

/** Every command there is, in the order the help shows them. */
export const commands: CliCommand[] = [
  up,
  down,
  status,
  open,
  login,
  logout,
  whoami,
  backUpInstallation,
  restoreInstallation,
  makeLocalResetLink,
  seed,
  test,
  ...botCommands,
  ...activityCommands,
  halt,
  ...configurationCommands,
  ...costCommands,
  ...delegationCommands,
  ...goalCommands,
  ...scanCommands,
  ...inboxCommands,
  createBackup,
  listBackups,
  restoreBackup,
  deleteBackup,
  listOperations,
  showOperation,
  cancel,
  createConnector,
  updateConnector,
  attachConnector,
  checkConnector,
  showConnector,
  listConnectors,
  testConnector,
  deleteConnector,
  ...channelCommands,
  ...secretCommands,
  listRuntimes,
  install,
  ...targetCommands,
  listPeople,
  invite,
  invitations,
  uninvite,
  changeRole,
  disablePerson,
  enablePerson,
  removePerson,
  resetLink,
  listWorkspaces,
  createWorkspace,
  renameWorkspace,
  secondFactor,
  listRoles,
  createRole,
  updateRole,
  deleteRole,
  bindings,
  bind,
  unbind,
  can,
  showMail,
  setMail,
  testMail,
  removeMail,
  showSso,
  setSso,
  testSso,
  removeSso,
  showDirectory,
  connect,
  groups,
  rotateDirectory,
  removeDirectory,
  rename,
  email,
  password,
  forgotten,
  reset,
  addTotp,
  recoveryCodes,
  removeTotp,
  passkeys,
  removePasskey,
  removeAccount,
  createApiKey,
  listApiKeys,
  rotateApiKey,
  revokeApiKey,
  listServiceAccounts,
  createServiceAccount,
  updateServiceAccount,
  disableServiceAccount,
  enableServiceAccount,
  deleteServiceAccount,
  listEvents,
  follow,
  exportEvents,
  verify,
  checkpoint,
  retention,
  showCapture,
  setCapture,
  listViews,
  createView,
  deleteView,
  listKeys,
  rewrap,
  reencrypt,
  createSink,
  listSinks,
  sendToSink,
  deleteSink,
  ...exportCommands,
];

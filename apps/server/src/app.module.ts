import 'reflect-metadata';
import type { ControlPlane } from '@clawster/control-plane/plane';
import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { AccountController } from './http/account.controller.ts';
import { ApiKeyController } from './http/api-key.controller.ts';
import { AuditController } from './http/audit.controller.ts';
import { CaptureController } from './http/capture.controller.ts';
import { BackupController } from './http/backup.controller.ts';
import { BotController } from './http/bot.controller.ts';
import { ChannelController } from './http/channel.controller.ts';
import { ConfigurationController } from './http/configuration.controller.ts';
import { ConnectorController } from './http/connector.controller.ts';
import { CostController } from './http/cost.controller.ts';
import { DirectoryController } from './http/directory.controller.ts';
import { EventController } from './http/event.controller.ts';
import { ExporterController } from './http/exporter.controller.ts';
import { FleetController } from './http/fleet.controller.ts';
import { ContextController } from './http/context.controller.ts';
import { InboxController } from './http/inbox.controller.ts';
import { NotifierController } from './http/notifier.controller.ts';
import { InvitationController } from './http/invitation.controller.ts';
import { KeyController } from './http/key.controller.ts';
import { MailController } from './http/mail.controller.ts';
import { ManifestController } from './http/manifest.controller.ts';
import { OperationController } from './http/operation.controller.ts';
import { BudgetController } from './http/budget.controller.ts';
import { DelegationController } from './http/delegation.controller.ts';
import { TeamRuleController } from './http/team-rule.controller.ts';
import { OverlayController } from './http/overlay.controller.ts';
import { PasskeyController } from './http/passkey.controller.ts';
import { PasswordResetController } from './http/password-reset.controller.ts';
import { PersonController } from './http/person.controller.ts';
import { PLANE } from './http/plane.ts';
import { ProfileController } from './http/profile.controller.ts';
import { RevisionController } from './http/revision.controller.ts';
import { RoleController } from './http/role.controller.ts';
import { GoalController } from './http/goal.controller.ts';
import { HealthController } from './http/health.controller.ts';
import { ScanController } from './http/scan.controller.ts';
import { SecretController } from './http/secret.controller.ts';
import { ServiceAccountController } from './http/service-account.controller.ts';
import { RotationController } from './http/rotation.controller.ts';
import { RuntimeController } from './http/runtime.controller.ts';
import { SessionController } from './http/session.controller.ts';
import { SetupController } from './http/setup.controller.ts';
import { SkillController } from './http/skill.controller.ts';
import { SsoController } from './http/sso.controller.ts';
import { SystemController } from './http/system.controller.ts';
import { OrphanController } from './http/orphan.controller.ts';
import { TargetController } from './http/target.controller.ts';
import { TeamController } from './http/team.controller.ts';
import { TemplateController } from './http/template.controller.ts';
import { TraceController } from './http/trace.controller.ts';
import { TurnController } from './http/turn.controller.ts';
import { WorkspaceController } from './http/workspace.controller.ts';

export const controllers: Type[] = [
  SystemController,
  SetupController,
  WorkspaceController,
  SessionController,
  SsoController,
  DirectoryController,
  PersonController,
  RoleController,
  ServiceAccountController,
  InvitationController,
  KeyController,
  MailController,
  AccountController,
  PasskeyController,
  PasswordResetController,
  ApiKeyController,
  EventController,
  ExporterController,
  AuditController,
  CaptureController,
  ConnectorController,
  CostController,
  TargetController,
  OrphanController,
  RotationController,
  RuntimeController,
  BotController,
  ChannelController,
  ConfigurationController,
  RevisionController,
  TemplateController,
  ProfileController,
  HealthController,
  ScanController,
  SecretController,
  OverlayController,
  BudgetController,
  DelegationController,
  TeamRuleController,
  TeamController,
  GoalController,
  SkillController,
  ManifestController,
  BackupController,
  OperationController,
  FleetController,
  TurnController,
  TraceController,
  InboxController,
  NotifierController,
  ContextController,
];

@Module({})
export class AppModule {
  static with(plane: ControlPlane): DynamicModule {
    return { module: AppModule, controllers, providers: [{ provide: PLANE, useValue: plane }] };
  }
}

import { compare, valid } from 'semver';

/** OpenClaw versions this Clawster was tested with, newest first; each has its lockfile in `locks/`. */
export const testedVersions = ['2026.9.6'] as const;
/** The version a new bot gets. */
export const recommendedVersion: string = '2026.9.6';
/** Nothing older is deployed: `floorReason` says which holes it would open. */
export const floorVersion = '2026.7.1';
export const floorReason =
  'older versions let a chat message reach the gateway and cron tools (CVE-2026-100578) and accept placeholder tokens';

/** The Node versions OpenClaw runs on, from its own `engines`. */
export const nodeRange = '>=24.16.0 <25 || >=26.1.0';

/** Why a bot may not be deployed with this OpenClaw version, or undefined when it may. */
export function whyNotDeploy(version: string): string | undefined {
  if (!valid(version)) return `"${version}" is not an OpenClaw version; one looks like ${recommendedVersion}`;
  if (compare(version, floorVersion) < 0) {
    return `OpenClaw ${version} is below ${floorVersion}, the oldest version Clawster deploys: ${floorReason}. Choose ${recommendedVersion}`;
  }
  if (!testedVersions.some((tested) => tested === version)) {
    return `OpenClaw ${version} was not tested with this Clawster. Choose one of: ${testedVersions.join(', ')}`;
  }
}

import { docker } from '@clawster/target-docker/docker';
import { dockerSwarm } from '@clawster/target-docker/docker-swarm';
import { thisMachine } from '@clawster/target-process/process';
import { standIn } from '@clawster/target-stand-in/stand-in';
import type { TargetDefinition } from '@clawster/target/target';

/** Every kind of target this Clawster knows; the only place that lists them. */
export const builtIn = [thisMachine, docker, dockerSwarm, standIn] as unknown as readonly TargetDefinition[];

import { aptInstall, firstThere } from './apt-get.ts';
import type { Place } from './run-checks.ts';

/** What tests of a kind need of the system: a package of Debian's, and where its program is. */
const toolsOf: Record<string, { tools: Record<string, string>; without: string }> = {
  unit: { tools: { iproute2: '/usr/bin/ip' }, without: 'the way out of bots is not attacked' },
  docker: {
    tools: {
      'docker.io': '/usr/sbin/dockerd',
      iptables: '/usr/sbin/iptables',
      iproute2: '/usr/bin/ip',
      'docker-compose': '/usr/bin/docker-compose',
      'postgresql-client': '/usr/bin/psql',
      'openssh-server': '/usr/sbin/sshd',
      openssl: '/usr/bin/openssl',
      'docker-registry': '/usr/bin/docker-registry',
    },
    without: 'not all is tried on a Docker engine of the tests’ own, or with Clawster as an image',
  },
  engines: {
    tools: {
      'docker.io': '/usr/sbin/dockerd',
      iptables: '/usr/sbin/iptables',
      iproute2: '/usr/bin/ip',
      'openssh-server': '/usr/sbin/sshd',
      openssl: '/usr/bin/openssl',
    },
    without: 'nothing is tried on engines of other machines',
  },
  swarm: {
    tools: { 'docker.io': '/usr/sbin/dockerd', iptables: '/usr/sbin/iptables' },
    without: 'nothing is tried in a Docker Swarm',
  },
  faults: { tools: { strace: '/usr/bin/strace', faketime: '/usr/bin/faketime' }, without: 'some faults are skipped' },
};

/** Brings what a kind of tests needs of the system, where that can be installed: without it some of them are skipped, and say so. */
export async function bringSystemTools(place: Place, kind: string): Promise<void> {
  const { tools = {}, without = '' } = toolsOf[kind] ?? {};
  const missing: string[] = [];
  for (const [name, file] of Object.entries(tools)) if (!(await firstThere([file]))) missing.push(name);
  if (missing.length > 0 && !(await aptInstall(place, missing)))
    place.out.note(`Without ${missing.join(' and ')} ${without} (Debian: apt-get install ${missing.join(' ')})`);
}

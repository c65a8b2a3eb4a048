const words: Record<string, string> = {
  process: 'Processes on this machine, no container',
  docker: 'Containers on a Docker engine',
  'docker-swarm': 'Services of a Docker Swarm',
  'stand-in': 'A stand-in for trying things out',
};

/** What a kind of target is, in words; its own name where we have none. */
export function kindWord(kind: string): string {
  return words[kind] ?? kind;
}

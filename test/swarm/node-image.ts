import { base, importDebian } from '../docker/base-image.ts';

/** What a node of the lab runs: an engine of its own; one of them also serves the images. */
const packages = [
  ...base.packages,
  ...'docker.io containerd runc tini iptables docker-registry'.split(' '),
  ...'libmnl0 libnftnl11 libxtables12 libip4tc2 libip6tc2 libnetfilter-conntrack3 libnfnetlink0'.split(' '),
  ...'libsystemd0 libudev1 libgcrypt20 libgpg-error0 liblz4-1 liblzma5 libzstd1 libcap2'.split(' '),
  ...'libdevmapper1.02.1 libselinux1 libpcre2-8-0 libseccomp2'.split(' '),
];

/** The engine's containers stay below this node's own limits; what a node that was cut off left behind is cleared away. */
const node = `mount -o remount,rw /sys 2>/dev/null || true
rm -rf /var/run/docker.pid /var/run/docker
group=$(sed -n 's/^[0-9]*:memory://p' /proc/self/cgroup)
exec dockerd --storage-driver=overlay2 -H unix:///run/node/docker.sock \${group:+--cgroup-parent=$group} "$@"`;

/** Packages are unpacked and not configured: what that would have linked is linked here. */
const finish = `for p in iptables ip6tables; do ln -sf xtables-nft-multi root/usr/sbin/$p; done
mkdir -p root/run/node root/var/lib/docker
cat >root/usr/bin/node.sh <<'END'
#!/bin/sh
${node}
END
chmod 755 root/usr/bin/node.sh`;

/** The image of a node, made of Debian’s packages on the engine; undefined where it cannot be made. */
export const importNode = (socket: string): Promise<string | undefined> =>
  importDebian(socket, { name: 'clawster-test/swarm-node:debian', packages, finish });

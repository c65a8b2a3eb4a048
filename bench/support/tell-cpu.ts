/** Lets the parent ask this process for the CPU it used so far, in microseconds, all threads together. */
process.on('message', (message) => {
  if (message !== 'cpu') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ type: 'cpu', microseconds: user + system });
});

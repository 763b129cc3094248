/** Answers the question for the microseconds of CPU that this process has taken so far. */
export function tellCpu() {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send({ cpu: user + system });
  });
}

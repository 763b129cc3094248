// Every project at once: the inner loop. `npx jest --selectProjects ews` runs one.
module.exports = {
  projects: ['<rootDir>/{packages,apps,tools}/*/jest.config.cjs'],
  // Every core: jest would leave one for a watcher.
  maxWorkers: '100%',
  // What a file of tests loads is not all given back: a process that has run many would spend its time on that.
  workerIdleMemoryLimit: '800MB',
  // Machines that do other things besides need more than jest's five seconds; what a project's preset says is not heard from here.
  testTimeout: 30_000,
};

// Every project at once: the inner loop. `npx jest --selectProjects ews` runs one.
// Every core: jest would leave one for a watcher. The preset's time is not heard from here.
module.exports = { projects: ['<rootDir>/{packages,apps,tools}/*/jest.config.cjs'], maxWorkers: '100%', testTimeout: 30_000 };

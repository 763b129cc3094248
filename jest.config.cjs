// Every project at once: the inner loop. `npx jest --selectProjects ews` runs one.
// Machines that do other things besides need more than jest's five seconds; projects cannot say so for themselves.
module.exports = { testTimeout: 30_000, projects: ['<rootDir>/{packages,apps,tools}/*/jest.config.cjs'] };

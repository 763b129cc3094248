// Every project at once: the inner loop. `npx jest --selectProjects ews` runs one.
module.exports = { projects: ['<rootDir>/{packages,apps,tools}/*/jest.config.cjs'] };

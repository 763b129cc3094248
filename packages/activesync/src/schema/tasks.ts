/** Class Tasks. */
export const tasksMembers = {};

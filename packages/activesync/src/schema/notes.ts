/** Class Notes. */
export const notesMembers = {};

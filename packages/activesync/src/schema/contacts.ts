/** Class Contacts. */
export const contactsMembers = {};

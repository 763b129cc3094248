/** Class Calendar. */
export const calendarMembers = {};

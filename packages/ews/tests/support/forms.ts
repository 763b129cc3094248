/** What the simple types of XML Schema look like on the wire. */
export const forms = {
  boolean: /^(?:true|false)$/,
  int: /^-?\d{1,10}$/,
  /** Exchange writes times in UTC. */
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  base64: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=|[A-Za-z0-9+/]{4})$/,
  language: /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/,
  string: /^[\s\S]*$/,
  /** A security identifier in the form of SDDL. */
  sid: /^S-1-\d+(?:-\d+)+$/,
} as const;

/** What the simple types of XML Schema look like on the wire. */
export const forms = {
  boolean: /^(?:true|false)$/,
  int: /^-?\d{1,10}$/,
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/,
  base64: /^(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  /** A security identifier in the form of SDDL. */
  sid: /^S-1-\d+(?:-\d+)+$/,
} as const;

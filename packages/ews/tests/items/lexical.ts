/** Lexical forms of XML Schema's types as answers write them. */
export const lexical = {
  boolean: /^(?:true|false)$/,
  int: /^-?\d{1,10}$/,
  /** Exchange writes times in UTC. */
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/,
  base64Binary: /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  language: /^[a-zA-Z]{1,8}(?:-[a-zA-Z0-9]{1,8})*$/,
  string: /^[\s\S]*$/,
} as const;

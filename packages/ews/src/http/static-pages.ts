/** What a browser sees at the endpoint. */
export const servicePage = '<HTML><HEAD><TITLE>Exchange Web Services</TITLE></HEAD><BODY><H1>Service</H1><P>You have created a service. Its description is at <A HREF="Services.wsdl">Services.wsdl</A>.</P></BODY></HTML>';

/** The files beside the endpoint, by lower-case name; rendered when first asked for. */
export const schemaFiles: Readonly<Record<string, () => string>> = {};

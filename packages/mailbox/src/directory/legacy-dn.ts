/** Where everything of the organization stands in the old directory, [MS-OXOABK] 2.2.1.1. */
export const administrativeGroup = '/o=First Organization/ou=Exchange Administrative Group (FYDIBOHF23SPDLT)';
/** The distinguished name of a server. */
export const serverDN = (serverName: string): string => `${administrativeGroup}/cn=Configuration/cn=Servers/cn=${serverName}`;
/** That of the database on it. */
export const databaseDN = (serverName: string): string => `${serverDN(serverName)}/cn=Microsoft Private MDB`;

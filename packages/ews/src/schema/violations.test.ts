import { decodeEnvelope, openSchema, SchemaViolation } from '@fauxchange/xml';
import { schemaLines } from './schema.generated.ts';

const schema = openSchema(schemaLines);
const TYPES = 'http://schemas.microsoft.com/exchange/services/2006/types';
const MESSAGES = 'http://schemas.microsoft.com/exchange/services/2006/messages';

/** The request of Microsoft's page on GetServiceConfiguration, with the misspelt name of its error example. */
const SERVICE_CONFIGURATION = `<?xml version="1.0" encoding="utf-8"?>
<soap:Envelope xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
               xmlns:m="${MESSAGES}"
               xmlns:t="${TYPES}"
               xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/">
  <soap:Header>
    <t:RequestServerVersion Version="Exchange2010" />
  </soap:Header>
  <soap:Body>

    <m:GetServiceConfiguration>
      <m:RequestedConfiguration>
        <m:ConfigurationName>UUnifiedMessagingConfiguration</m:ConfigurationName>
      </m:RequestedConfiguration>
    </m:GetServiceConfiguration>
  </soap:Body>
</soap:Envelope>`;

const request = (version: string, body: string): string => `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><t:RequestServerVersion xmlns:t="${TYPES}" Version="${version}"/></s:Header><s:Body>${body}</s:Body></s:Envelope>`;

/** What exchangelib sent: EmailAddress and RoutingType in the wrong order. */
const MAILBOX = `<m:CreateItem xmlns:m="${MESSAGES}" xmlns:t="${TYPES}" MessageDisposition="SaveOnly"><m:Items><t:Message><t:Subject>x</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>a@example.test</t:EmailAddress><t:MailboxType>Mailbox</t:MailboxType><t:RoutingType>SMTP</t:RoutingType></t:Mailbox></t:ToRecipients></t:Message></m:Items></m:CreateItem>`;

const folder = (id: string): string => `<m:GetFolder xmlns:m="${MESSAGES}" xmlns:t="${TYPES}"><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="${id}"/></m:FolderIds></m:GetFolder>`;

function violationOf(xml: string): SchemaViolation {
  try {
    decodeEnvelope(Buffer.from(xml), schema);
  } catch (error) {
    if (error instanceof SchemaViolation) return error;
    throw error;
  }
  throw new Error('no violation');
}

describe('what real servers said, word for word', () => {
  it('Microsoft, GetServiceConfiguration: sentence, line 13 and position 62 of the documented error example', () => {
    const { violation, line, position } = violationOf(SERVICE_CONFIGURATION);
    expect(violation).toBe(`The '${MESSAGES}:ConfigurationName' element is invalid - The value 'UUnifiedMessagingConfiguration' is invalid according to its datatype '${TYPES}:ServiceConfigurationType' - The Enumeration constraint failed.`);
    expect([line, position]).toEqual([13, 62]);
  });

  it.each([
    ['Exchange2010_SP2', 'ItemId'],
    ['Exchange2013', 'ItemId, OriginalDisplayName'],
    ['Exchange2016', 'ItemId, OriginalDisplayName'],
  ])('ecederstrand/exchangelib issue 501: a mailbox in the wrong order, as %s', (version, list) => {
    expect(violationOf(request(version, MAILBOX)).violation).toBe(
      `The element 'Mailbox' in namespace '${TYPES}' has invalid child element 'RoutingType' in namespace '${TYPES}'. List of possible elements expected: '${list}' in namespace '${TYPES}'.`);
  });

  it('ecederstrand/exchangelib issue 1310: a folder that Exchange 2013 does not know', () => {
    const { violation, position } = violationOf(request('Exchange2013', folder('workingset')));
    expect(violation).toBe(`The 'Id' attribute is invalid - The value 'workingset' is invalid according to its datatype '${TYPES}:DistinguishedFolderIdNameType' - The Enumeration constraint failed.`);
    expect(position).toBe(request('Exchange2013', folder('workingset')).indexOf('Id="workingset"') + 1);
  });

  it.each([
    ['an anonymous type is called by its .NET type code', `<m:GetReminders xmlns:m="${MESSAGES}"><m:MaxItems>201</m:MaxItems></m:GetReminders>`,
      `The '${MESSAGES}:MaxItems' element is invalid - The value '201' is invalid according to its datatype 'Int' - The MaxInclusive constraint failed.`],
    ['a missing attribute', folder('inbox').replace(' Id="inbox"', ''), "The required attribute 'Id' is missing."],
    ['two namespaces in one list', `<m:GetUserAvailabilityRequest xmlns:m="${MESSAGES}" xmlns:t="${TYPES}"/>`,
      `The element 'GetUserAvailabilityRequest' in namespace '${MESSAGES}' has incomplete content. List of possible elements expected: 'TimeZone' in namespace '${TYPES}' as well as 'MailboxDataArray' in namespace '${MESSAGES}'.`],
  ])('%s', (_, body, sentence) => {
    expect(violationOf(request('Exchange2016', body)).violation).toBe(sentence);
  });
});

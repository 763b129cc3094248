import { readSchemaTable } from '@fauxchange/xml';
import { createEwsEmulator } from '../../src/index.ts';
import { schemaLines } from '../../src/schema/schema.generated.ts';
import { EwsClient } from '../support/client.ts';
import { folderRef, shape } from '../support/soap.ts';
import { textAt } from '../support/xml.ts';

const type = readSchemaTable(schemaLines, 'V2017_07_11').simpleTypes.get('m:ResponseCodeType');
const codes = type?.form === 'enum' ? type.values.map(({ value }) => value).filter((code) => code !== 'NoError') : [];
const getInbox = `<m:GetFolder><m:FolderShape>${shape('IdOnly')}</m:FolderShape><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:GetFolder>`;

it('every response code of the schema can be asked for by name, as a fault and as a message, with words of its own', async () => {
  await using ews = await createEwsEmulator({ seed: 'empty' });
  const alice = new EwsClient(ews);
  const texts = new Set<string>();
  for (const code of codes) {
    ews.faults.clear();
    ews.faults.add({ effect: { kind: 'error', code }, times: 1 });
    const fault = await alice.call(getInbox);
    ews.faults.add({ effect: { kind: 'error', code, entry: 1 }, times: 1 });
    const message = await alice.call(getInbox);
    const words = textAt(fault.body, 'faultstring') ?? '';
    expect([fault.status, fault.fault, message.status, message.codes, message.texts('MessageText')]).toEqual([500, code, 200, [code], [words]]);
    texts.add(words);
  }
  expect(codes.length).toBeGreaterThan(500);
  // A few codes are said in the same words, as Exchange does.
  expect(texts.size).toBeGreaterThan(codes.length - 20);
});

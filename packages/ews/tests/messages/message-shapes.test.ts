import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient } from '../support/client.ts';
import { escapeXml } from '../support/soap.ts';
import { child, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const html = '<html><head><script>alert(1)</script></head><body><p>Hello <b>you</b></p></body></html>';
const item = async (shape: string, paths: readonly string[] = ['item:Body']): Promise<XmlElement> =>
  alice.item(await alice.createMessage(`<t:Subject>Shaped</t:Subject><t:Body BodyType="HTML">${escapeXml(html)}</t:Body>`), 'IdOnly', paths, shape);

describe('the shape of a message', () => {
  it('MS-OXWSCDATA_R1188, MS-OXWSCDATA_R21188, MS-OXWSCDATA_R21189: IncludeMimeContent says whether the MIME comes', async () => {
    const told = async (value: string): Promise<string | undefined> => textAt(await item(`<t:IncludeMimeContent>${value}</t:IncludeMimeContent>`), 'MimeContent');
    expect(Buffer.from((await told('true')) ?? '', 'base64').toString()).toMatch(/^Subject: Shaped\r$/m);
    expect(await told('false')).toBeUndefined();
  });

  it.each([
    ['HTML', 'HTML', expect.stringContaining('<b>you</b>')], ['Text', 'Text', expect.stringMatching(/^Hello you\s*$/)], ['Best', 'HTML', expect.stringContaining('<b>you</b>')],
  ])('MS-OXWSCDATA_R1190: BodyType %s is the format of the body', async (asked, type, content) => {
    const body = child(await item(`<t:BodyType>${asked}</t:BodyType>`), 'Body');
    expect([body?.attributes['BodyType'], body?.text]).toEqual([type, content]);
  });

  it('MS-OXWSCDATA_R1193, MS-OXWSCDATA_R21193, MS-OXWSCDATA_R21194: FilterHtmlContent says whether scripts are taken out', async () => {
    const told = async (value: string): Promise<string | undefined> => textAt(await item(`<t:FilterHtmlContent>${value}</t:FilterHtmlContent>`), 'Body');
    const filtered = await told('true');
    expect(filtered).not.toContain('script');
    expect(filtered).toContain('<b>you</b>');
    expect(await told('false')).toBe(html);
  });

  it('MS-OXWSCDATA_R1197: AdditionalProperties are those that come besides', async () => {
    expect(names(await item('', ['item:Subject', 'message:IsRead', 'item:ItemClass']))).toEqual(['ItemId', 'ItemClass', 'Subject', 'IsRead']);
    expect(names(await item('', []))).toEqual(['ItemId']);
  });
});

import { decodeEnvelope, encodeEnvelope, EnvelopeError, openSchema, readSchemaTable, SchemaViolation, XmlEncodeError } from '@fauxchange/xml';
import type { Schema } from '@fauxchange/xml';
import { createXsdCheck } from '@fauxchange/xsd-check';
import { mutations, pieces } from '../../tests/mutations.ts';
import type { Mutation } from '../../tests/mutations.ts';
import { RandomValues } from '../../tests/random-value.ts';
import { operationElements } from './operation-types.generated.ts';
import { schemaLines } from './schema.generated.ts';

const schema = openSchema(schemaLines).at('V2017_07_11');
const table = readSchemaTable(schemaLines, 'V2017_07_11');
const xsd = createXsdCheck();
if (!xsd.available) console.warn(`schema.test: comparison with libxml2 skipped: ${xsd.reason ?? ''}`);
const whenXsd = xsd.available ? it : it.skip;

const text = (chunks: readonly Uint8Array[]): string => Buffer.concat(chunks).toString();
const elements = Object.values(operationElements).filter(({ since }) => since <= schema.level).flatMap(({ request, response }) => [`m:${request}`, `m:${response}`]);

describe('the generated table', () => {
  it.each([['V2017_07_11', 122, 10], ['V2018_01_08', 123, 13]])('%s has %d operations in the WSDL and %d more', (version, inWsdl, besides) => {
    const there = Object.values(operationElements).filter(({ since }) => since <= schema.at(version).level);
    expect([there.filter((one) => one.inWsdl).length, there.filter((one) => !one.inWsdl).length]).toEqual([inWsdl, besides]);
  });

  it.each(['Exchange2007', 'Exchange2007_SP1', 'Exchange2010', 'Exchange2010_SP1', 'Exchange2010_SP2', 'Exchange2013', 'Exchange2016', 'V2018_01_08'])('compiles every type as %s saw it', (version) => {
    const then = schema.at(version);
    const targets = [...then.elementNames().map((name) => then.element(name)?.target), ...then.typeNames().map((name) => then.findType(then.namespaces[name.slice(0, 1)] ?? '', name.slice(2)))];
    const children = targets.flatMap((target) => (target?.kind === 'plan' ? [...target.fields.values()] : [])).map((field) => field.target);
    expect([...targets, ...children]).not.toContain(undefined);
    expect(targets.length).toBeGreaterThan(500);
  });

  it('knows what came when', () => {
    expect(['Exchange2007', 'Exchange2007_SP1'].map((version) => schema.at(version).element('m:ConvertId') !== undefined)).toEqual([false, true]);
    expect(['Exchange2010', 'Exchange2010_SP1'].map((version) => schema.at(version).element('m:FindConversation') !== undefined)).toEqual([false, true]);
    expect(['V2017_07_11', 'V2017_10_09'].map((version) => schema.at(version).element('m:UpdateExtensionUsage') !== undefined)).toEqual([false, true]);
    expect(schema.at('Exchange2007').element('m:GetServerTimeZones')).toBeUndefined();
    expect(schema.at('Exchange2010').element('m:GetServerTimeZones')).toBeDefined();
    expect(schema.at('Exchange2010_SP2').plan('t:MessageType').fields.has('MessageSafety')).toBe(false);
    expect(schema.plan('t:MessageType').fields.has('MessageSafety')).toBe(true);
    expect(schema.at('Exchange2013').element('m:GetUMPin')).toBeDefined();
    expect(schema.element('m:GetUMPin')).toBeUndefined();
  });
});

describe.each([1, 2, 3])('random values, seed %d', (seed) => {
  it('come back as they went, for every element that can travel', () => {
    const values = new RandomValues(table, seed);
    for (const name of elements) {
      const value = values.element(name);
      const xml = text(encodeEnvelope(schema, name, value));
      const decoded = decodeEnvelope(Buffer.from(xml), schema);
      expect([decoded.name, decoded.value]).toEqual([name, value]);
    }
  });

  whenXsd('are valid for libxml2', () => {
    const values = new RandomValues(table, seed + 100);
    for (const name of elements) {
      const xml = text(encodeEnvelope(schema, name, values.element(name)));
      expect([name, xsd.validate(xml)]).toEqual([name, '']);
    }
  });
});

/** What our decoder says against a document; empty when it takes it. */
function complaint(xml: string, by: Schema): string {
  try {
    decodeEnvelope(Buffer.from(xml), by);
    return '';
  } catch (error) {
    if (error instanceof SchemaViolation) return error.violation;
    if (error instanceof EnvelopeError) return error.message;
    throw error;
  }
}

const named = (by: Schema, name: string): string[] => {
  const target = by.element(name)?.target;
  return target?.kind === 'plan' ? [...target.fields.values()].map((field) => field.open.slice(1)) : [];
};

interface Tally {
  readonly differing: string[];
  valid: number;
}

/** Makes documents, spoils some of them, and compares the verdicts. */
function compare(by: Schema, validate: (xml: string) => string, rounds: number, seed: number, spoil: boolean): Tally {
  const values = new RandomValues(table, seed);
  const names = [...new Set(elements.flatMap((name) => named(by, name)))];
  const known = elements.filter((name) => by.element(name) !== undefined);
  const tally: Tally = { differing: [], valid: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const name = values.pick(known);
    const whole = written(by, name, values.element(name));
    if (whole === undefined) continue;
    const from = whole.indexOf('<s:Body>') + 8;
    const to = whole.indexOf('</s:Body>');
    const body = whole.slice(from, to);
    const found = pieces(body);
    if (found.length === 0) continue;
    const kind = values.pick(Object.keys(mutations));
    const xml = spoil ? whole.slice(0, from) + (mutations[kind] as Mutation)(body, values, found, names) + whole.slice(to) : whole;
    const ours = complaint(xml, by);
    const theirs = validate(xml);
    if (ours === '') tally.valid += 1;
    if ((ours === '') !== (theirs === '')) tally.differing.push(`${round} ${spoil ? kind : ''} ${name}\n ours: ${ours}\n theirs: ${theirs}\n ${xml.slice(from, from + 1500)}`);
  }
  return tally;
}

/** A value of the newest schema as an older version writes it, unless that one wants what the newest does not. */
function written(by: Schema, name: string, value: unknown): string | undefined {
  try {
    return text(encodeEnvelope(by, name, value));
  } catch (error) {
    if (error instanceof XmlEncodeError) return undefined;
    throw error;
  }
}

describe('our verdict and that of libxml2', () => {
  whenXsd('agree on 3,000 mutated documents', () => {
    const { differing, valid } = compare(schema, xsd.validate, 3000, 20260, true);
    expect(differing.slice(0, 5).join('\n\n')).toBe('');
    expect(valid).toBeGreaterThan(200);
  });

  const sets = [['Exchange2007_SP1', 'exchange2007_sp1'], ['Exchange2010_SP1', 'exchange2010_sp1'], ['Exchange2010_SP2', 'exchange2010_sp2'], ['Exchange2013_SP1', 'exchange2013_sp1'], ['V2018_01_08', 'exchange_online_v2018_01_08']] as const;
  const olderXsd = xsd.available ? it.each(sets) : it.skip.each(sets);
  olderXsd('agree on what %s knew', (version, folder) => {
    const older = createXsdCheck(`${folder}/envelope-check.xsd`);
    for (const spoil of [false, true]) {
      const { differing, valid } = compare(schema.at(version), older.validate, 400, 7, spoil);
      expect(differing.slice(0, 5).join('\n\n')).toBe('');
      expect(valid).toBeGreaterThan(20);
    }
  });
});

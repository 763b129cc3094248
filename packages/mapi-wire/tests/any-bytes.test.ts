import fc from 'fast-check';
import { addressBookPropertyRow, addressBookRestriction, addressBookValueList, decode, extendedRuleMessageActions, extendedRuleMessageCondition, folderEntryId, messageEntryId, modifyRecipientRow, oneOffEntryId, openRecipientRow, permanentEntryId, predecessorChangeList, propertyName, propertyRow, readRecipientRow, restriction, ruleActions, sortOrderSet, storeEntryId, taggedValue, typedString, type Layout } from '../src/index.ts';
import { caught } from './wire-table.ts';

const scope = { columns: [0x3001001f, 0x0ff90102, 0x30010000, 0x667900fd, 0x668000fe, 0x800f101f] };
// Small numbers are what kinds, counts and flags are: they lead further in than others.
const anyBytes = fc.array(fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 12 }) }, fc.integer({ min: 0, max: 255 })), { maxLength: 200 }).map((bytes) => Uint8Array.from(bytes));

it.each<[string, Layout<unknown>]>(
  Object.entries({ addressBookPropertyRow, addressBookRestriction, addressBookValueList, extendedRuleMessageActions, extendedRuleMessageCondition, folderEntryId, messageEntryId, modifyRecipientRow, oneOffEntryId, openRecipientRow, permanentEntryId, predecessorChangeList, propertyName, propertyRow, readRecipientRow, restriction, ruleActions, sortOrderSet, storeEntryId, taggedValue, typedString }),
)('any bytes are a value of %s or a WireError', (_name, of) =>
  fc.assert(
    fc.property(anyBytes, (bytes) => {
      const thrown = caught(() => void decode(bytes, of, scope));
      if (thrown !== undefined) expect(thrown).toMatchObject({ name: 'WireError' });
    }),
    { numRuns: 300 },
  ),
);

import { errorCode, propertyType, typeOfTag } from '@fauxchange/mapi-wire';
import { unicodePage } from './address-book-server.ts';
import { defineOperation, needed } from './define-operation.ts';
import { listOf } from './get-prop-list.ts';
import { NspiError } from './nspi-error.ts';
import { mostCells, retrieveFlag, valuesOf } from './rows.ts';

const isEightBit = (tag: number): boolean => (typeOfTag(tag) & ~0x1000) === propertyType.String8;

/** [MS-OXCMAPIHTTP] 2.2.5.7, [MS-OXNSPI] 3.1.4.1.7. */
export const getProps = defineOperation('GetProps', ({ State }) => ({ CodePage: State?.CodePage ?? 0, PropertyValues: null }), ({ Flags, State, PropertyTags }, { server }) => {
  const stat = needed(State);
  const tags = PropertyTags ?? listOf(server, Flags, stat.CurrentRec, stat.CodePage);
  if (stat.CodePage === unicodePage && tags.some(isEightBit)) throw new NspiError('NotSupported');
  if (tags.length > mostCells) throw new NspiError('TableTooBig');
  const values = valuesOf(server.entryOf(stat.CurrentRec), tags, server, { isEphemeral: (Flags & retrieveFlag.EphemeralIds) !== 0 });
  const isComplete = values.every(({ tag }) => typeOfTag(tag) !== propertyType.ErrorCode);
  return { ErrorCode: isComplete ? errorCode.Success : errorCode.ErrorsReturned, CodePage: stat.CodePage, PropertyValues: values };
});

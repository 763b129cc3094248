import { ewsSchema } from '../schema/ews-schema.ts';
import type { ItemKind } from './item-kind.ts';

/** Where the paths of a kind's elements begin, besides those of every item. */
const prefixes: Readonly<Record<ItemKind, readonly string[]>> = {
  Item: [], Message: ['message'], PostItem: ['postitem', 'message'], CalendarItem: ['calendar'], Contact: ['contacts'], DistributionList: ['distributionlist', 'contacts'], Task: ['task'],
  MeetingMessage: ['meeting', 'message'], MeetingRequest: ['meetingRequest', 'meeting', 'calendar', 'message'], MeetingResponse: ['meeting', 'calendar', 'message'], MeetingCancellation: ['meeting', 'calendar', 'message'],
};

/** The path of an element that is no field of ours, as the schema's UnindexedFieldURIType has it; undefined where it has none, as of SenderSMTPAddress. */
export function uriOfElement(element: string, kind: ItemKind): string | undefined {
  const schema = ewsSchema();
  const paths = schema.findType(schema.namespaces['t'] as string, 'UnindexedFieldURIType');
  if (paths?.kind !== 'scalar') return undefined;
  return [...prefixes[kind], 'item'].map((prefix) => `${prefix}:${element}`).find((uri) => {
    try {
      return paths.read(uri) === uri;
    } catch {
      return false;
    }
  });
}

import { document, integer, list, optional, repeated, struct, text } from '@fauxchange/wbxml';
import { Options } from './sync.ts';
import { id64 } from './values.ts';

/** [MS-ASCMD] 2.2.1.9: until 12.1 with Class and FilterType of its own, since 14.0 with Options. */
export const GetItemEstimateRequest = document('GetItemEstimate:GetItemEstimate', struct('GetItemEstimate', {
  Collections: list('GetItemEstimate', 'Collection', struct('GetItemEstimate', {
    Class: optional(text(), { until: '12.1' }),
    'AirSync:SyncKey': optional(id64()),
    CollectionId: optional(id64()),
    'AirSync:ConversationMode': optional(text({ oneOf: ['', '0', '1'] }), { since: '14.0' }),
    'AirSync:FilterType': optional(integer()),
    'AirSync:Options': repeated(Options, { since: '14.0' }),
  })),
}));

export const GetItemEstimateResponse = document('GetItemEstimate:GetItemEstimate', struct('GetItemEstimate', {
  Status: optional(integer()),
  Response: repeated(struct('GetItemEstimate', {
    Status: integer(),
    Collection: optional(struct('GetItemEstimate', { Class: optional(text(), { until: '12.0' }), CollectionId: optional(id64()), Estimate: optional(integer()) })),
  })),
}));

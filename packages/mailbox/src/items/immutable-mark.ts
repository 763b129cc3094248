import type { PropertyName } from '@fauxchange/properties';

/** Says that nobody may change the item any more (MakeItemImmutable of EWS); how Exchange keeps that is documented nowhere. */
export const immutableMark: PropertyName = '{71035549-0739-4dcb-9163-00f0580dbbdf}:IsImmutable:Boolean';

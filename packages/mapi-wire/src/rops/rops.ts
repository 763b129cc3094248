import { fastTransferRops } from './fast-transfer.ts';
import { folderRops } from './folder.ts';
import { logonRops } from './logon.ts';
import { messageRops } from './message.ts';
import { notificationRops } from './notification.ts';
import { loneResponses, otherRops } from './other.ts';
import { permissionRops } from './permission.ts';
import { propertyRops } from './property.ts';
import type { Rop } from './rop.ts';
import { ruleRops } from './rule.ts';
import { streamRops } from './stream.ts';
import { synchronizationRops } from './synchronization.ts';
import { tableRops } from './table.ts';
import { transportRops } from './transport.ts';

/** Every ROP that can be asked for, by its name: [MS-OXCROPS] 2.2.2. */
export const rops = {
  ...logonRops, ...folderRops, ...tableRops, ...messageRops, ...transportRops, ...propertyRops, ...streamRops, ...permissionRops, ...ruleRops, ...fastTransferRops, ...synchronizationRops, ...notificationRops, ...otherRops,
} as const;

export type RopName = keyof typeof rops;
/** What stands behind the head of a request: `RopRequestValue<'RopOpenFolder'>`. */
export type RopRequestValue<N extends RopName> = (typeof rops)[N] extends Rop<infer Q, unknown, unknown> ? Q : never;
/** What stands behind the head of a response with a ReturnValue of 0. */
export type RopResponseValue<N extends RopName> = (typeof rops)[N] extends Rop<infer _Q, infer P, unknown> ? P : never;
/** What stands behind the head of a response with another ReturnValue; undefined where nothing does. */
export type RopFailureValue<N extends RopName> = (typeof rops)[N] extends Rop<infer _Q, infer _P, infer F> ? F : never;

export type LoneResponseName = keyof typeof loneResponses;

const names = new Map<number, RopName>(Object.entries(rops).map(([name, { id }]) => [id, name as RopName]));
const loneNames = new Map<number, LoneResponseName>(Object.entries(loneResponses).map(([name, { id }]) => [id, name as LoneResponseName]));

/** The name of a ROP; undefined for an id that none has. */
export const ropName = (id: number): RopName | undefined => names.get(id);
export const loneResponseName = (id: number): LoneResponseName | undefined => loneNames.get(id);
export { loneResponses };

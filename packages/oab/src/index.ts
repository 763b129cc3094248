export { createOabEmulator, type OabEmulator, type OabEmulatorOptions } from './create-oab-emulator.ts';
export { decodeContainer, encodeContainer } from './file/container.ts';
export { decodeDetails, encodeDetails, type DetailsFile, type OabRecord, type PropRec } from './file/details-file.ts';
export type { OabValue } from './file/oab-value.ts';
export { oabPath, oabService } from './oab-service.ts';

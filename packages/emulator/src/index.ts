export { HttpExchange, isBodyError } from './http-exchange.ts';
export { openEmulator } from './open-emulator.ts';
export type { Emulator, EmulatorOptions, ListenerOptions, OpenOptions } from './open-emulator.ts';
export type { Environment, Installer, Service } from './service.ts';

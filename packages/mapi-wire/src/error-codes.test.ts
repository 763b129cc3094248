import { errorCode, errorCodeName, responseCode } from './error-codes.ts';

it('each code has one name', () => {
  for (const [name, code] of Object.entries(errorCode)) expect(errorCodeName(code)).toBe(name);
  expect(errorCodeName(0x12345)).toBeUndefined();
});

it.each<[string, keyof typeof responseCode, number]>([
  ['MS-OXCMAPIHTTP_R136', 'Success', 0], ['MS-OXCMAPIHTTP_R141', 'InvalidRequestType', 5], ['MS-OXCMAPIHTTP_R142', 'InvalidContextCookie', 6], ['MS-OXCMAPIHTTP_R143', 'MissingHeader', 7],
  ['MS-OXCMAPIHTTP_R146', 'ContextNotFound', 10], ['MS-OXCMAPIHTTP_R148', 'InvalidRequestBody', 12], ['MS-OXCMAPIHTTP_R149', 'MissingCookie', 13], ['MS-OXCMAPIHTTP_R151', 'InvalidSequence', 15],
])('%s: %s is %d', (_id, name, code) => expect(responseCode[name]).toBe(code));

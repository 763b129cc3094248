import { loneResponseName, loneResponses, ropName, rops, type LoneResponseName, type RopName } from '../src/rops/rops.ts';
import { ropIdRequirements } from './rop-id-requirements.data.ts';

const linesOf = (text: string): (readonly [requirement: string, name: string, id: string])[] => text.trim().split('\n').map((line) => line.split(' ') as unknown as readonly [string, string, string]);
const isLone = (name: string): name is LoneResponseName => name in loneResponses;

it.each(linesOf(ropIdRequirements.request))('%s: the RopId of a request of %s is 0x%s', (_requirement, name, id) => {
  expect(rops[name as RopName].id).toBe(parseInt(id, 16));
  expect(ropName(parseInt(id, 16))).toBe(name);
});
it.each([...linesOf(ropIdRequirements.response), ...linesOf(ropIdRequirements.failure)])('%s: the RopId of a response of %s is 0x%s', (_requirement, name, id) => {
  expect(isLone(name) ? loneResponses[name].id : rops[name as RopName].responseId).toBe(parseInt(id, 16));
  if (isLone(name)) expect(loneResponseName(parseInt(id, 16))).toBe(name);
});

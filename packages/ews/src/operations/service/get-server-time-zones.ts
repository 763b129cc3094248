import { timeZone, windowsTimeZones } from '@fauxchange/calendar';
import { encodeTimeZone } from '../../mapping/time-zone.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { success } from '../../response-messages.ts';
import type { TimeZoneDefinitionType } from '../../schema/types.generated.ts';

/** Zones asked for and unknown are left out. Full data unless the request says otherwise. @see [MS-OXWSGTZ] 3.1.4.1 GetServerTimeZones */
export const getServerTimeZones: Operation<'GetServerTimeZones'> = defineOperation('GetServerTimeZones', async ({ ReturnFullTimeZoneData, Ids }) => {
  const wanted = Ids ? windowsTimeZones().filter(({ id }) => Ids.Id.includes(id)) : windowsTimeZones();
  const definitions = wanted.map(({ id, name }) => (ReturnFullTimeZoneData === false ? { Id: id, Name: name } : fullDefinition(id)));
  return { ResponseMessages: [['GetServerTimeZonesResponseMessage', { ...success, TimeZoneDefinitions: { TimeZoneDefinition: definitions } }]] };
});

function fullDefinition(id: string): TimeZoneDefinitionType {
  const zone = timeZone(id);
  return zone ? encodeTimeZone(zone.definition()) : { Id: id };
}

import { property, type PropertyName, type PropertyType, type PropertyValue } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { Properties } from './item.ts';

const MAX_PROPERTIES = 4_096;
const MAX_NAME = 512;

const kinds: { readonly [T in PropertyType]?: 'string' | 'number' | 'bigint' | 'boolean' } = {
  Integer16: 'number', Integer32: 'number', Floating32: 'number', Floating64: 'number', FloatingTime: 'number', Time: 'number', ErrorCode: 'number',
  Integer64: 'bigint', Currency: 'bigint', Boolean: 'boolean', String: 'string', Guid: 'string', Binary: 'string',
};

/** NaN would have no place in any order. */
const isOf = (type: PropertyType, value: PropertyValue): boolean => (kinds[type] === undefined || typeof value === kinds[type]) && !Number.isNaN(value);

function fits(type: PropertyType, value: PropertyValue): boolean {
  if (!type.startsWith('Multiple')) return isOf(type, value);
  const single = type.slice('Multiple'.length) as PropertyType;
  return Array.isArray(value) && (value as readonly PropertyValue[]).every((one) => isOf(single, one));
}

/** Refuses names that are none, values of another type than the name says, and too many of them: MailboxError InvalidProperty. */
export function validateProperties(properties: Properties): void {
  const all = Object.entries(properties) as [PropertyName, PropertyValue | undefined][];
  if (all.length > MAX_PROPERTIES) throw new MailboxError('InvalidProperty', `An item may have ${MAX_PROPERTIES} properties.`);
  for (const [name, value] of all) {
    const found = name.length > MAX_NAME ? undefined : property(name);
    if (found?.name !== name) throw new MailboxError('InvalidProperty', 'There is no such property name, or it is not its canonical form.', name.slice(0, 100));
    if (value !== undefined && !fits(found.type, value)) throw new MailboxError('InvalidProperty', `The value of ${name} has to be of type ${found.type}.`, name);
  }
}

import { openSchema, type Schema } from '@fauxchange/xml';
import { schemaLines } from './schema.generated.ts';

const opened: { schema?: Schema } = {};

/** The schema of EWS, shared by every emulator of the process: an immutable table, compiled type by type on first use. */
export function ewsSchema(): Schema {
  opened.schema ??= openSchema(schemaLines);
  return opened.schema;
}

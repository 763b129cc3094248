import { readSchemaTable, type Field, type Plan, type Scalar, type Slot } from '@fauxchange/xml';
import type { EwsError } from '../../errors.ts';
import type { OperationName } from '../../operation.ts';
import { failure } from '../../response-messages.ts';
import { schemaLines } from '../../schema/schema.generated.ts';

/**
 * The answer of an operation that comes to nothing but an error: a message of the form that the operation's schema has, so
 * that a client reads it as an error and not as a broken server.
 */
export function unsupportedResponse(name: OperationName, response: Plan, error: EwsError): unknown {
  return fill(response, { name, head: failure(error) }, 0);
}

interface Answer {
  readonly name: OperationName;
  readonly head: object;
}
const maxDepth = 8;

/** A value of the type: the error where the type can tell one, and the least that the schema asks for besides. */
function fill(plan: Plan, answer: Answer, depth: number): unknown {
  if (depth > maxDepth) throw new RangeError(`the response of ${answer.name} is nested too deep`);
  if (plan.ordered) return ordered(plan, answer, depth);
  const isMessage = plan.attributes.has('ResponseClass');
  const value: Record<string, unknown> = isMessage ? { ...answer.head } : {};
  for (const { lexicalName, scalar } of plan.required) value[lexicalName] ??= leastOf(scalar);
  for (const slot of plan.slots) {
    const field = chosen(slot, isMessage);
    if (!field || field.name in value) continue;
    const content = fillField(field, answer, depth);
    value[field.name] = field.repeated ? [content] : content;
  }
  return value;
}

/** The response message of the operation; where there is none of its own, a plain one. */
function ordered(plan: Plan, answer: Answer, depth: number): unknown {
  const plain = [...plan.fields.values()].find(({ target }) => target.kind === 'plan' && target.name === 'm:ResponseMessageType');
  const message = plan.fields.get(`${answer.name}ResponseMessage`) ?? plan.fields.get(`${answer.name}Response`) ?? (plan.slots.some(({ min }) => min > 0) ? plain : undefined);
  return message ? [[message.name, fillField(message, answer, depth)]] : [];
}

/** What goes into a place: the messages, else what can tell the error if nothing has told it yet, else what must be there. */
function chosen({ fields, min }: Slot, isTold: boolean): Field | undefined {
  return fields.find(({ name }) => name === 'ResponseMessage' || name === 'ResponseMessages') ?? (isTold ? undefined : fields.find(({ target }) => canTell(target, 0))) ?? (min > 0 ? fields[0] : undefined);
}

function canTell(target: Field['target'], depth: number): boolean {
  if (target.kind !== 'plan' || depth > 2) return false;
  return target.attributes.has('ResponseClass') || target.slots.some(({ fields }) => fields.some((field) => field.name.startsWith('ResponseMessage') || canTell(field.target, depth + 1)));
}

function fillField({ target }: Field, answer: Answer, depth: number): unknown {
  return target.kind === 'plan' ? fill(target, answer, depth + 1) : leastOf(target);
}

const leasts: readonly string[] = ['', '0', 'false', '0001-01-01T00:00:00Z', 'PT0S', '00000000-0000-0000-0000-000000000000', '-'];

/** The least value that a simple type takes: nothing, zero, or the first of its values. */
function leastOf(scalar: Scalar): unknown {
  for (const text of candidates(scalar)) {
    try {
      return scalar.read(text);
    } catch {
      // The next one may fit.
    }
  }
  throw new RangeError(`no value for ${scalar.label}`);
}

/** The values of an enumeration come last: the table is read again for them, and few responses ask for one. */
function* candidates({ label }: Scalar): Generator<string> {
  yield* leasts;
  const line = readSchemaTable(schemaLines).simpleTypes.get(`t:${label.slice(label.lastIndexOf(':') + 1)}`);
  if (line?.form === 'enum') for (const { value } of line.values) yield value;
}

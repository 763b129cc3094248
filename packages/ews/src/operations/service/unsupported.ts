import type { Field, Plan } from '@fauxchange/xml';
import { EwsError } from '../../errors.ts';
import type { OperationName } from '../../operation.ts';
import { failure } from '../../response-messages.ts';

/**
 * The answer of an operation that Exchange knows and this emulator does not: an error message of the form that the
 * operation's schema has, so that a client reads it as an error and not as a broken server.
 */
export function unsupportedResponse(name: OperationName, response: Plan): unknown {
  const head = failure(new EwsError('ErrorInvalidOperation', `${name} is not emulated yet.`));
  return fill(response, { name, head }, 0);
}

interface Answer {
  readonly name: OperationName;
  readonly head: object;
}
const maxDepth = 8;

/** A value of the type: the error where the type can tell one, and the least that the schema asks for besides. */
function fill(plan: Plan, answer: Answer, depth: number): unknown {
  if (depth > maxDepth) throw new RangeError(`the response of ${answer.name} is nested too deep`);
  if (plan.ordered) {
    const message = plan.fields.get(`${answer.name}ResponseMessage`) ?? plan.fields.get(`${answer.name}Response`);
    return message ? [[message.name, fillField(message, answer, depth)]] : [];
  }
  const value: Record<string, unknown> = plan.attributes.has('ResponseClass') ? { ...answer.head } : {};
  for (const { min, fields } of plan.slots) {
    const message = fields.find(({ name }) => name === 'ResponseMessage' || name === 'ResponseMessages');
    const field = message ?? (min > 0 ? fields[0] : undefined);
    if (!field || field.name in value) continue;
    const content = fillField(field, answer, depth);
    value[field.name] = field.repeated ? [content] : content;
  }
  return value;
}

function fillField({ target }: Field, answer: Answer, depth: number): unknown {
  return target.kind === 'plan' ? fill(target, answer, depth + 1) : leastOf(target.label);
}

/** The least value of a simple type that required members of responses have. */
function leastOf(type: string): unknown {
  if (/boolean$/.test(type)) return false;
  if (/(int|integer|long|short|decimal|double|float)$/i.test(type)) return 0;
  if (/dateTime$/.test(type)) return '0001-01-01T00:00:00Z';
  return '';
}

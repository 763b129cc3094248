import { ShapeViolation } from '../errors.ts';
import type { DocumentReader } from './document-reader.ts';
import type { DocumentWriter } from './document-writer.ts';
import { ShapeNode } from './shape.ts';
import type { Shape } from './shape.ts';

class AttemptShape<T> extends ShapeNode<T | ShapeViolation> {
  readonly #shape: ShapeNode<T>;

  constructor(shape: ShapeNode<T>) {
    super();
    this.#shape = shape;
  }

  override read(reader: DocumentReader, hasContent: boolean): T | ShapeViolation {
    const place = reader.place(hasContent);
    try {
      return this.#shape.read(reader, hasContent);
    } catch (thrown) {
      if (!(thrown instanceof ShapeViolation)) throw thrown;
      reader.skipTo(place);
      return thrown;
    }
  }

  override write(writer: DocumentWriter, value: unknown): void {
    this.#shape.write(writer, value);
  }
}

/**
 * An element whose violations are its own affair: its value is then the violation, and the rest of the document is
 * read on. What is no WBXML at all still ends the reading.
 *
 * @example
 * const Add = struct('AirSync', { ClientId: text(), ApplicationData: attempt(struct('Email', { Read: optional(flag()) })) });
 * type Data = ValueOf<typeof Add>['ApplicationData']; // what was sent, or the ShapeViolation of it
 */
export const attempt = <T>(shape: Shape<T>): Shape<T | ShapeViolation> => new AttemptShape(shape as ShapeNode<T>);

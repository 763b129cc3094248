import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { WireEncodeError, WireError } from '../errors.ts';

/** What a structure means by something that stands elsewhere. */
export interface Scope {
  /** Windows code page of 8-bit text, [MS-OXCDATA] 1.3; 1252 by default. */
  readonly codePage?: number | undefined;
  /** Property tags of the rows that follow, in their order: those of the last SetColumns, or of the request. */
  readonly columns?: readonly number[] | undefined;
  /** Whether the logon is one to public folders: some ROPs have members more. */
  readonly isPublic?: boolean | undefined;
}

/** How a value stands in bytes, both ways. Made by `u32`, `struct` and their like. */
export interface Layout<T> {
  read(reader: ByteReader, scope: Scope): T;
  /** @throws WireEncodeError */
  write(writer: ByteWriter, value: T, scope: Scope): void;
  /** The fewest bytes that it takes: what is announced in greater number than can be there is refused at once. */
  readonly least: number;
}

/** The value of a layout: `type Bind = LayoutValue<typeof BindRequest>`. */
export type LayoutValue<L> = L extends { read(reader: ByteReader, scope: Scope): infer T } ? T : never;

export const layout = <T>(least: number, read: Layout<T>['read'], write: Layout<T>['write']): Layout<T> => ({ least, read, write });

/** A value from all of the bytes. @throws WireError */
export function decode<T>(bytes: Uint8Array, of: Layout<T>, scope: Scope = {}): T {
  const reader = new ByteReader(bytes);
  const value = of.read(reader, scope);
  if (reader.left > 0) reader.fail('trailing', `${reader.left} bytes are left over`);
  return value;
}

/** The bytes of a value. @throws WireEncodeError */
export function encode<T>(of: Layout<T>, value: NoInfer<T>, scope: Scope = {}): Uint8Array {
  const writer = new ByteWriter();
  of.write(writer, value, scope);
  return writer.finish();
}

/** Says in an error where in the whole it happened. */
export function at<T>(name: string | number, action: () => T): T {
  try {
    return action();
  } catch (thrown) {
    if (thrown instanceof WireError || thrown instanceof WireEncodeError) thrown.path = `/${name}${thrown.path}`;
    throw thrown;
  }
}

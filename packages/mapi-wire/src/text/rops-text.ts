import { decodeExtendedBuffers } from '../buffers/rpc-header-ext.ts';
import { decodeRows } from '../rops/parts.ts';
import { decodeRops } from '../rops/rop-requests.ts';
import { decodeRopResponses } from '../rops/rop-responses.ts';
import { hexNumber, indented, memberLines, valueLines } from './value-text.ts';

export interface RopsTextOptions {
  /** Whether the bytes are extended buffers, with RPC_HEADER_EXT, or one ROP buffer; false by default. */
  readonly isExtended?: boolean | undefined;
  /** Windows code page of 8-bit text; 1252 by default. */
  readonly codePage?: number | undefined;
  /** Columns of the rows in responses; without them, rows are shown as bytes. */
  readonly columns?: readonly number[] | undefined;
}

const buffersOf = (bytes: Uint8Array, { isExtended }: RopsTextOptions): readonly Uint8Array[] => (isExtended ? decodeExtendedBuffers(bytes) : [bytes]);
const handlesLine = (handles: readonly number[]): string => `handles: ${handles.map((handle) => hexNumber(handle, 8)).join(' ') || 'none'}`;
const joined = (buffers: readonly (readonly string[])[]): string => buffers.map((lines) => lines.map((line) => `${line}\n`).join('')).join('\n');

/**
 * The ROPs that a client sends, as text for people.
 *
 * @throws WireError
 * @example
 * requestText(RopBuffer, { isExtended: true })
 */
export function requestText(bytes: Uint8Array, options: RopsTextOptions = {}): string {
  return joined(buffersOf(bytes, options).map((buffer) => {
    const { rops, handles } = decodeRops(buffer, options);
    return [...rops.flatMap(({ id, name, logonId, handleIndex, request }) => [`${name} (${hexNumber(id, 2)}) logon ${logonId}, handle ${handleIndex}`, ...indented(valueLines('', request))]), handlesLine(handles)];
  }));
}

/** Rows instead of their bytes, where the columns are known. */
function bodyLines(body: unknown, { columns, codePage }: RopsTextOptions): readonly string[] {
  return Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([name, value]) => {
    if (name !== 'RowData' || !columns || !(value instanceof Uint8Array)) return memberLines(name, value);
    return ['RowData:', ...indented(decodeRows(value, columns, { codePage }).flatMap((row, index) => [`${index}:`, ...indented(row.flatMap((cell, at) => memberLines(hexNumber(columns[at] ?? 0, 8), 'value' in cell ? cell.value : cell)))]))];
  });
}

/**
 * What a server answers, as text for people.
 *
 * @throws WireError
 */
export function responseText(bytes: Uint8Array, options: RopsTextOptions = {}): string {
  const { codePage, columns } = options;
  return joined(buffersOf(bytes, options).map((buffer) => {
    const { rops, handles } = decodeRopResponses(buffer, { codePage, columnsOf: () => columns });
    return [...rops.flatMap((rop) => {
      const head = 'returnValue' in rop ? ` handle ${rop.handleIndex}: ${hexNumber(rop.returnValue, 8)}` : '';
      return [`${rop.name} (${hexNumber(rop.id, 2)})${head}`, ...indented(bodyLines(rop.body, options))];
    }), handlesLine(handles)];
  }));
}

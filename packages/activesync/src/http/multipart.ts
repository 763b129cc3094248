/** The answer of ItemOperations in parts, [MS-ASCMD] 2.2.1.10.1.1: the document first, what it points at behind it. */
export class MultipartBody {
  readonly #parts: Uint8Array[] = [];

  /** Adds content; returns the number that itemoperations:Part and airsyncbase:Part tell. */
  add(content: Uint8Array): number {
    this.#parts.push(content);
    return this.#parts.length;
  }

  /** PartsCount, then offset and length of each part, little-endian; then the parts. */
  encode(document: Uint8Array): readonly Uint8Array[] {
    const parts = [document, ...this.#parts];
    const head = Buffer.alloc(4 + 8 * parts.length);
    head.writeUInt32LE(parts.length, 0);
    let offset = head.length;
    parts.forEach((part, index) => {
      head.writeUInt32LE(offset, 4 + 8 * index);
      head.writeUInt32LE(part.length, 8 + 8 * index);
      offset += part.length;
    });
    return [head, ...parts];
  }
}

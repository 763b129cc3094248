const FLUSH_AT = 64 * 1024;
/** A multiple of three, so that the base64 of the slices is that of the whole. */
const SLICE = 768 * 1024;

/** Collects a document as chunks of bytes: text up to 64 KiB at a time, base64 in slices, never one great string. */
export class XmlWriter {
  text = '';
  readonly #chunks: Uint8Array[] = [];

  /** Appends; cheap. Call `relieve` now and then. */
  write(text: string): void {
    this.text += text;
  }

  relieve(): void {
    if (this.text.length >= FLUSH_AT) this.#flush();
  }

  base64(bytes: Uint8Array): void {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (buffer.length < FLUSH_AT / 2) {
      this.text += buffer.toString('base64');
      return;
    }
    this.#flush();
    for (let start = 0; start < buffer.length; start += SLICE) this.#chunks.push(Buffer.from(buffer.toString('base64', start, Math.min(start + SLICE, buffer.length)), 'latin1'));
  }

  finish(): Uint8Array[] {
    this.#flush();
    return this.#chunks;
  }

  #flush(): void {
    if (this.text === '') return;
    this.#chunks.push(Buffer.from(this.text, 'utf8'));
    this.text = '';
  }
}

// The least that reading and writing WBXML can cost when every element becomes an object: no checks, no names, no types.
// Short ASCII is put together by hand, because Node's decoder costs more than that; the rest is Node's own.

const END = 0x01;
const STR_I = 0x03;
const OPAQUE = 0xc3;
const SHORT = 24;

/** `{ page, token, content }`: content is a text, bytes, a list of elements, or nothing. */
export function readTree(bytes) {
  let at = 4;
  let page = 0;
  function element() {
    while (bytes[at] === 0) {
      page = bytes[at + 1];
      at += 2;
    }
    const tag = bytes[at++];
    const read = { page, token: tag & 0x3f, content: undefined };
    if (tag & 0x40) read.content = content();
    return read;
  }
  function content() {
    const byte = bytes[at];
    if (byte === STR_I) {
      const end = bytes.indexOf(0, at + 1);
      const text = textOf(bytes, at + 1, end);
      at = end + 2;
      return text;
    }
    if (byte === OPAQUE) {
      at++;
      let length = 0;
      do length = length * 128 + (bytes[at] & 0x7f); while (bytes[at++] & 0x80);
      const opaque = bytes.subarray(at, at + length);
      at += length + 1;
      return opaque;
    }
    const children = [];
    while (bytes[at] !== END) children.push(element());
    at++;
    return children;
  }
  return element();
}

function textOf(bytes, start, end) {
  if (end - start > SHORT) return bytes.utf8Slice(start, end);
  let text = '';
  for (let at = start; at < end; at++) {
    if (bytes[at] > 0x7f) return bytes.utf8Slice(start, end);
    text += String.fromCharCode(bytes[at]);
  }
  return text;
}

export function writeTree(root) {
  let bytes = Buffer.allocUnsafe(1024);
  let at = 4;
  let page = 0;
  bytes.set([3, 1, 0x6a, 0]);
  const reserve = (room) => {
    if (at + room <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, at + room));
    bytes.copy(larger, 0, 0, at);
    bytes = larger;
  };
  function text(content) {
    reserve(content.length * 3 + 3);
    bytes[at++] = STR_I;
    if (content.length > SHORT || !ascii(content)) at += bytes.utf8Write(content, at);
    bytes[at++] = 0;
  }
  function ascii(content) {
    for (let index = 0; index < content.length; index++) {
      const code = content.charCodeAt(index);
      if (code > 0x7f) return false;
      bytes[at + index] = code;
    }
    at += content.length;
    return true;
  }
  function opaque(content) {
    reserve(content.length + 7);
    bytes[at++] = OPAQUE;
    let shift = 28;
    while (shift > 0 && content.length >>> shift === 0) shift -= 7;
    for (; shift > 0; shift -= 7) bytes[at++] = ((content.length >>> shift) & 0x7f) | 0x80;
    bytes[at++] = content.length & 0x7f;
    bytes.set(content, at);
    at += content.length;
  }
  function element({ page: own, token, content }) {
    reserve(4);
    if (own !== page) {
      bytes[at++] = 0;
      bytes[at++] = page = own;
    }
    if (content === undefined) return void (bytes[at++] = token);
    bytes[at++] = token | 0x40;
    if (typeof content === 'string') text(content);
    else if (Array.isArray(content)) for (const child of content) element(child);
    else opaque(content);
    reserve(1);
    bytes[at++] = END;
  }
  element(root);
  return bytes.subarray(0, at);
}

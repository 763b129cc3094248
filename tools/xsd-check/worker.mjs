import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

xmlRegisterFsInputProviders();
const { xsd, memory } = workerData;
const flag = new Int32Array(memory, 0, 2);
const out = new Uint8Array(memory, 8);
const schema = XmlDocument.fromString(readFileSync(xsd, 'utf8'), { url: xsd });
const validator = XsdValidator.fromDoc(schema);

function complaints(xml) {
  try {
    const document = XmlDocument.fromString(xml);
    try {
      validator.validate(document);
    } finally {
      document.dispose();
    }
    return '';
  } catch (error) {
    return error.message || String(error);
  }
}

parentPort.on('message', (xml) => {
  const bytes = new TextEncoder().encode(complaints(xml)).subarray(0, out.length);
  out.set(bytes);
  Atomics.store(flag, 1, bytes.length);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});

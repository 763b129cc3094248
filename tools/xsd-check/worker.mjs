import { readFileSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { xmlRegisterFsInputProviders } from 'libxml2-wasm/lib/nodejs.mjs';

xmlRegisterFsInputProviders();
const { memory } = workerData;
const flag = new Int32Array(memory, 0, 2);
const out = new Uint8Array(memory, 8);
const validators = new Map();

function validatorOf(xsd) {
  if (!validators.has(xsd)) validators.set(xsd, XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(xsd, 'utf8'), { url: xsd })));
  return validators.get(xsd);
}

function complaints(xsd, xml) {
  const validator = validatorOf(xsd);
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

parentPort.on('message', ({ xsd, xml }) => {
  const bytes = new TextEncoder().encode(complaints(xsd, xml)).subarray(0, out.length);
  out.set(bytes);
  Atomics.store(flag, 1, bytes.length);
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
});

// libxml2-wasm is an ES module with top-level await, which jest's CommonJS loader cannot load. It runs in a worker;
// Atomics.wait makes it look synchronous.
const { existsSync } = require('node:fs');
const { isAbsolute, join } = require('node:path');
const threads = require('node:worker_threads');

const NEWEST = 'exchange_se_15.2.2562.17/envelope-check.xsd';
const BYTES = 256 * 1024;
const TIMEOUT = 60_000;
const HEADER = 8;
// jest loads this file anew for every test file. Node's own modules it shares: there the one worker of the process is kept,
// because starting it and compiling a schema costs as much as a hundred tests.
const WORKER = Symbol.for('@fauxchange/xsd-check');

exports.createXsdCheck = function createXsdCheck(schema = NEWEST) {
  const shared = process.env.FAUXCHANGE_SHARED ?? join(__dirname, '../../../shared');
  const xsd = isAbsolute(schema) ? schema : join(shared, 'ews-schema', schema);
  if (!existsSync(xsd)) {
    const reason = `Microsoft's schemas are not beside this project (${schema}); FAUXCHANGE_SHARED names another place`;
    return { available: false, reason, validate: () => '' };
  }
  return { available: true, validate: (xml) => ask(xsd, xml) };
};

function ask(xsd, xml) {
  const { worker, memory } = (threads[WORKER] ??= startWorker());
  const flag = new Int32Array(memory, 0, 2);
  Atomics.store(flag, 0, 0);
  worker.postMessage({ xsd, xml });
  if (Atomics.wait(flag, 0, 0, TIMEOUT) === 'timed-out') throw new Error(`no verdict within ${TIMEOUT} ms`);
  return Buffer.from(memory, HEADER, flag[1]).toString();
}

function startWorker() {
  const memory = new SharedArrayBuffer(HEADER + BYTES);
  const worker = new threads.Worker(join(__dirname, 'worker.mjs'), { workerData: { memory } });
  worker.unref();
  return { worker, memory };
}

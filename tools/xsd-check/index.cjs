// libxml2-wasm is an ES module with top-level await, which jest's CommonJS loader cannot load. It runs in a worker;
// Atomics.wait makes it look synchronous.
const { existsSync } = require('node:fs');
const { isAbsolute, join } = require('node:path');
const { Worker } = require('node:worker_threads');

const NEWEST = 'exchange_se_15.2.2562.17/envelope-check.xsd';
const BYTES = 256 * 1024;
const TIMEOUT = 60_000;
const HEADER = 8;

exports.createXsdCheck = function createXsdCheck(schema = NEWEST) {
  const shared = process.env.FAUXCHANGE_SHARED ?? join(__dirname, '../../../shared');
  const xsd = isAbsolute(schema) ? schema : join(shared, 'ews-schema', schema);
  if (!existsSync(xsd)) {
    const reason = `Microsoft's schemas are not beside this project (${schema}); FAUXCHANGE_SHARED names another place`;
    return { available: false, reason, validate: () => '', async close() {} };
  }
  const memory = new SharedArrayBuffer(HEADER + BYTES);
  const flag = new Int32Array(memory, 0, 2);
  let worker;
  return {
    available: true,
    validate(xml) {
      if (!worker) {
        worker = new Worker(join(__dirname, 'worker.mjs'), { workerData: { xsd, memory } });
        worker.unref();
      }
      Atomics.store(flag, 0, 0);
      worker.postMessage(xml);
      if (Atomics.wait(flag, 0, 0, TIMEOUT) === 'timed-out') throw new Error(`no verdict within ${TIMEOUT} ms`);
      return Buffer.from(memory, HEADER, flag[1]).toString();
    },
    async close() {
      const ended = worker?.terminate();
      worker = undefined;
      await ended;
    },
  };
};

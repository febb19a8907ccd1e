// One execution environment of a deployed function, in a worker thread. Plain JavaScript, so that
// nothing but the deployed bundle is loaded into it.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';

const { directory, handler, context } = workerData;
const cut = handler.lastIndexOf('.');

const load = async () => {
  const stem = `${directory}/${handler.slice(0, cut)}`;
  const extension = ['.js', '.mjs', '.cjs'].find((each) => existsSync(stem + each));
  if (extension === undefined) throw new Error(`cannot find the module of the handler ${handler}`);
  const module =
    extension === '.cjs'
      ? createRequire(import.meta.url)(stem + extension)
      : await import(pathToFileURL(stem + extension).href);
  return module[handler.slice(cut + 1)];
};

const handle = await load();

const invoke = async ({ event, requestId, deadline }) => {
  const result = await handle(event, {
    ...context,
    awsRequestId: requestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  });
  // As on Lambda, the answer is what is left of it as JSON.
  return { kind: 'returned', json: JSON.stringify(result) };
};

parentPort.on('message', (message) => {
  invoke(message)
    .catch((thrown) => ({ kind: 'failed', error: String(thrown?.stack ?? thrown) }))
    .then((answer) => parentPort.postMessage(answer))
    .catch((thrown) => {
      throw thrown;
    });
});

parentPort.postMessage({ kind: 'ready' });

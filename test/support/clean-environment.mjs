import { AsyncLocalStorage } from 'node:async_hooks';
import { TestEnvironment } from 'jest-environment-node';

/**
 * Storages that the test file has started. Jest starts one for each file and stops none. On Node 20 every promise is then
 * told to each of them: the two hundredth file of a worker takes three times as long as the first.
 */
const started = new Set();

const { run } = AsyncLocalStorage.prototype;
AsyncLocalStorage.prototype.run = function noted(...args) {
  started.add(this);
  return run.apply(this, args);
};

/** Jest's environment for Node, which stops the storages of a file when the file is over. */
export default class CleanEnvironment extends TestEnvironment {
  async teardown() {
    await super.teardown();
    for (const storage of started) storage.disable();
    started.clear();
  }
}

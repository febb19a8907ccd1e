import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { leanErrors, leanErrorsOf } from '#infrastructure/lean-errors.ts';

const ROOT = join(import.meta.dirname, '../..');
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const pathOf = (client: string): string =>
  join(ROOT, 'node_modules', client, 'dist-es/models/errors.js');
/** The clients of this package whose service has errors of its own; EC2 has none. */
const CLIENTS = Object.keys(devDependencies).filter(
  (name) => name.startsWith('@aws-sdk/client-') && existsSync(pathOf(name)),
);
const require = createRequire(import.meta.url);

type ErrorClass = new (options: object) => Error & Readonly<{ $fault: string }>;

/** The errors of a client as a bundle has them. */
const errorsOf = async (
  client: string,
  plugins: readonly (typeof leanErrors)[],
): Promise<Readonly<Record<string, ErrorClass>>> => {
  const { outputFiles } = await build({
    entryPoints: [pathOf(client)],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'node',
    mainFields: ['module', 'main'],
    plugins: [...plugins],
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')(
    module,
    module.exports,
    require,
  );
  return module.exports;
};

/** An error as the SDK makes it of an answer of AWS: without fields, which it then fills. */
const thrownAs = (error: ErrorClass) => {
  const thrown = Object.assign(new error({}), {
    message: 'no',
    $metadata: { attempts: 1 },
    CancellationReasons: [{ Code: 'ConditionalCheckFailed' }],
  });
  const { name, message, $fault, $metadata, CancellationReasons } = thrown;
  return {
    name,
    message,
    $fault,
    $metadata,
    CancellationReasons,
    isOfItsClass: thrown instanceof error,
    isError: thrown instanceof Error,
    kinds: Object.getOwnPropertyNames(Object.getPrototypeOf(thrown)),
  };
};

describe('the errors of the clients in a bundle', () => {
  test('are those of many clients', () => {
    expect(CLIENTS.length).toBeGreaterThan(8);
  });

  test.each(CLIENTS)('of %s are thrown as the SDK throws them', async (client) => {
    const [usual, lean] = await Promise.all([errorsOf(client, []), errorsOf(client, [leanErrors])]);
    const names = Object.keys(usual);

    expect(Object.keys(lean)).toEqual(names);
    for (const name of names) {
      const [before, after] = [usual[name], lean[name]];
      if (before === undefined || after === undefined) throw new Error(name);
      expect(thrownAs(after)).toEqual(thrownAs(before));
    }
  });

  test.each(CLIENTS)('of %s are less than half as long', (client) => {
    const text = readFileSync(pathOf(client), 'utf8');

    expect(leanErrorsOf(text).length).toBeLessThan(text.length / 2);
  });

  test('stay as they are when they have another form', () => {
    const text = `import { B as __BaseException } from "./b";
export class Busy extends __BaseException {
    name = "Busy";
    $fault = "client";
    $retryable = { throttling: true };
    constructor(opts) {
        super({ name: "Busy", $fault: "client", ...opts });
        Object.setPrototypeOf(this, Busy.prototype);
    }
}
`;
    expect(leanErrorsOf(text)).toBe(text);
  });
});

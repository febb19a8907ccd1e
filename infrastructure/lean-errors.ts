import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/**
 * Bundles the errors of each client of the SDK in a line each. The SDK writes a class of ten lines for every error of a
 * service and fills its fields itself once it has read them (`handleError` of its protocols), so that the classes
 * differ in their names alone: they are a tenth of a function. An error of another form stays as it is.
 */
export const leanErrors: Plugin = {
  name: 'lean-errors',
  setup: ({ onLoad }) => {
    onLoad(
      { filter: /[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]models[\\/]errors\.js$/ },
      async ({ path }) => ({ contents: leanErrorsOf(await readFile(path, 'utf8')), loader: 'js' }),
    );
  },
};

/**
 * A class that only has a name, says whose fault it is, and takes over fields. `$retryable` would be more than that. The
 * SDK gives it its id of the model when it registers it, if it has none.
 */
const PLAIN =
  /export class (\w+) extends __BaseException \{\n(?: {4}static shapeId = "[^"]+";\n)? {4}name = "\1";\n {4}\$fault = "(client|server)";\n(?: {4}\w+;\n)* {4}constructor\(opts\) \{\n {8}super\(\{[^}]*\}\);[^}]*\}\n\}/g;

/** A declaration of a function, since it stands after the errors that it makes. */
const MAKER = `
function errorOf(name, $fault) {
  return class extends __BaseException {
    name = name;
    $fault = $fault;
    constructor(opts) {
      super({ name, $fault, ...opts });
      Object.setPrototypeOf(this, new.target.prototype);
    }
  };
}
`;

/** The text of `models/errors.js` of a client with a line for each plain error. */
export const leanErrorsOf = (text: string): string => {
  const lean = text.replace(
    PLAIN,
    (_class, name: string, fault: string) =>
      `export const ${name} = /* @__PURE__ */ errorOf("${name}", "${fault}");`,
  );
  return lean === text ? text : lean + MAKER;
};

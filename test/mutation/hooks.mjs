const STAND_IN = new URL('./collect.ts', import.meta.url).href;

/** Lets every test get the collector where it asks for Jest. */
export const resolve = (specifier, context, next) =>
  specifier === '@jest/globals' ? { url: STAND_IN, shortCircuit: true } : next(specifier, context);

const GLOBALS = new URL('./globals.mjs', import.meta.url).href;
const TESTS = new URL('../../', import.meta.url).href;

/** The query by which the runner tells one loading of a test file from another. */
const markOf = ({ parentURL = '' }) => parentURL.split('?')[1];

const marked = (found, mark) =>
  mark !== undefined && found.url.startsWith(TESTS) && !found.url.includes('?')
    ? { ...found, url: `${found.url}?${mark}` }
    : found;

/**
 * Finds Jest's functions where Jest itself does not load a test file, and for each test file its own copy of what it imports
 * from the tests, such as doubles of AWS. All else is loaded once.
 */
export const resolve = (specifier, context, next) => {
  const mark = markOf(context);
  if (specifier === '@jest/globals') return marked({ url: GLOBALS, shortCircuit: true }, mark);

  const found = next(specifier, context);
  return found instanceof Promise ? found.then((one) => marked(one, mark)) : marked(found, mark);
};

/**
 * The addresses that endpoint discovery has found for a client. The bundler puts this in the place of the library that the
 * SDK keeps them in (infrastructure/bundle.ts), which forgets the oldest beyond a thousand: a function calls a table or two, in
 * one Region, and discovery is off unless somebody sets AWS_ENABLE_ENDPOINT_DISCOVERY.
 */
// biome-ignore lint/style/noDefaultExport: the SDK imports the library by its default
export default class FewEndpoints<Key, Value> extends Map<Key, Value> {
  /** The SDK hands in how many there may be; a function never has as many. */
  constructor(_most: number) {
    super();
  }

  /** The value of a key. The library tells this from `get`, which would keep it from being forgotten. */
  peek(key: Key): Value | undefined {
    return this.get(key);
  }
}

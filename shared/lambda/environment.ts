/** Reads the named variables; all that are missing are named in one error, at cold start. */
export const readEnvironment = <const N extends string>(
  variables: Readonly<Record<string, string | undefined>>,
  names: readonly N[],
): Readonly<Record<N, string>> => {
  const missing = names.filter((name) => !variables[name]);
  if (missing.length > 0) {
    throw new Error(
      `the function's environment lacks ${missing.join(', ')}: deploy the stack again, it sets them`,
    );
  }

  return Object.fromEntries(names.map((name) => [name, variables[name]])) as Record<N, string>;
};

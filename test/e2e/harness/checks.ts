/** Runs one check of a scenario; the text that it answers is added to its line. */
export type Check = (claim: string, proof: () => Promise<unknown>) => Promise<void>;

/** Counts the checks and prints a line for each. */
export const startReport = (print: (line: string) => void) => {
  let passed = 0;
  let failed = 0;

  return {
    /**
     * A scenario's checks. Its first failure ends it: what comes after would only say the same.
     */
    scenario: async <T>(
      name: string,
      run: (check: Check) => Promise<T>,
    ): Promise<T | undefined> => {
      const check: Check = async (claim, proof) => {
        const start = performance.now();
        const detail = await proof();
        passed += 1;
        const ms = Math.round(performance.now() - start);
        print(`✓ ${name}: ${claim}${typeof detail === 'string' ? `: ${detail}` : ''} (${ms} ms)`);
      };
      let claimed = 'it runs';
      try {
        return await run((claim, proof) => {
          claimed = claim;
          return check(claim, proof);
        });
      } catch (thrown) {
        failed += 1;
        print(`✗ ${name}: ${claimed}`);
        print(
          indented(thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)),
        );
        return undefined;
      }
    },
    total: () => ({ passed, failed }),
  };
};

const indented = (text: string): string =>
  text
    .split('\n')
    .map((line) => `    ${line}`)
    .join('\n');

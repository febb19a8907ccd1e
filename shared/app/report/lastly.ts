type Work = () => Promise<void>;

/** Does the one, and then the other, whether the first has failed or not; what failed is thrown in the end. */
export const lastly =
  (first: Work, last: Work): Work =>
  async () => {
    try {
      await first();
    } finally {
      await last();
    }
  };

/** `$0.0043`, `$0.40`, `$864`. */
export const dollars = (sum: number): string => {
  if (sum >= 100) return `$${inDigits(sum)}`;
  return `$${sum >= CENTS ? sum.toFixed(2) : Number(sum.toPrecision(2))}`;
};

/** From here on two digits after the point say enough. */
const CENTS = 0.095;

export const inDigits = (value: number): string => Math.round(value).toLocaleString('en-US');

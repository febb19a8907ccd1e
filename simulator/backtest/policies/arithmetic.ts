/** The smallest whole number that is not below, but for the noise of floating point. */
export const ceil = (value: number): number => Math.ceil(value - 1e-9);

/** Takes the stretches of time that are billed, as they become known, each with the share of the price of running. */
export type Bill = (from: number, to: number, share?: number) => void;

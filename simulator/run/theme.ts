/** The subject of a run, beside what goes wrong in every run. */
export type Theme = 'any' | 'large';

/**
 * Some seeds have a theme: seed 50 of each hundred has a large fleet. The number alone says so, and nothing is
 * thrown for it: the runs of other seeds stay as they are.
 */
export const themeOf = (seed: number): Theme => (seed % 100 === 50 ? 'large' : 'any');

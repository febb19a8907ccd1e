import type { Colour } from './canvas.ts';

/** Measures in pixels. */
export const PICTURE = {
  width: 640,
  height: 200,
  margin: 12,
  /** Between a label and what it names. */
  gap: 8,
  /** The plot's upper and lower border. */
  top: 38,
  bottom: 170,
} as const;

/** The colour of the measured values. */
export const BLUE: Colour = 0x2563eb;
/** Its threshold. */
export const RED: Colour = 0xdc2626;
/** The title, and the mark. */
export const DARK: Colour = 0x1f2937;
/** Numbers and times. */
export const GREY: Colour = 0x6b7280;
export const GRID: Colour = 0xe5e7eb;
/** The line of zero, where values go below it. */
export const ZERO: Colour = 0x9ca3af;

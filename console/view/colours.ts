/** The colours that plots are drawn with, as the style sheet has them for this scheme. */
export type Colours = Readonly<
  Record<
    | 'ink'
    | 'soft'
    | 'grid'
    | 'blue'
    | 'teal'
    | 'amber'
    | 'red'
    | 'violet'
    | 'wash'
    | 'paper'
    | 'held'
    | 'pool',
    string
  >
>;

export const coloursOf = (element: Element): Colours => {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ink: read('ink'),
    soft: read('soft'),
    grid: read('grid'),
    blue: read('blue'),
    teal: read('teal'),
    amber: read('amber'),
    red: read('red'),
    violet: read('violet'),
    wash: read('wash'),
    paper: read('card'),
    held: read('held'),
    pool: read('pool'),
  };
};

/** Says whether there is ink at a column and a row, both from 0; outside there is none. */
export type Bitmap = Readonly<{
  width: number;
  height: number;
  has: (x: number, y: number) => boolean;
}>;

/** Five columns of seven rows that stand on the line, and an eighth row that hangs below it. */
export const GLYPH = { width: 5, height: 8, above: 7 } as const;

/** The glyph of a character of ASCII; all others look like a question mark. */
export const glyphOf = (character: string): Bitmap =>
  GLYPHS[character.charCodeAt(0) - FIRST] ?? QUESTION_MARK;

const FIRST = 0x20;

const bitmapOf = (digits: string): Bitmap => {
  const columns = [...digits.matchAll(/../g)].map(([column]) => Number.parseInt(column, 16));
  const has = (x: number, y: number): boolean => y >= 0 && (((columns[x] ?? 0) >> y) & 1) === 1;
  return { width: GLYPH.width, height: GLYPH.height, has };
};

const QUESTION_MARK = bitmapOf('0201510906');

/** From the space to the tilde: five columns each, two digits a column, its lowest bit on top. */
const GLYPHS: readonly Bitmap[] = `
0000000000 00005f0000 0007000700 147f147f14 242a7f2a12 2313086462 3649562050 0000070000
001c224100 0041221c00 14083e0814 08083e0808 0080600000 0808080808 0000600000 2010080402
3e5149453e 00427f4000 4261514946 2141454b31 1814127f10 2745454539 3c4a494930 0171090503
3649494936 064949291e 0000360000 0080560000 0814224100 1414141414 0041221408 0201510906
3e415d554e 7e1111117e 7f49494936 3e41414122 7f4141221c 7f49494941 7f09090901 3e4149497a
7f0808087f 00417f4100 2040413f01 7f08142241 7f40404040 7f020c027f 7f0408107f 3e4141413e
7f09090906 3e4151215e 7f09192946 4649494931 01017f0101 3f4040403f 1f2040201f 3f4038403f
6314081463 0708700807 6151494543 007f414100 0204081020 0041417f00 0402010204 8080808080
0001020400 2054545478 7f48444438 3844444428 384444487f 3854545418 08087e0902 18a4a4a47c
7f08040478 00447d4000 4080847d00 007f102844 00417f4000 7c04180478 7c08040478 3844444438
fc24242418 18242424fc 7c08040408 4854545424 04043f4424 3c4040207c 1c2040201c 3c4030403c
4428102844 1ca0a0a07c 4464544c44 0008774100 00007f0000 0041770800 0804081008`
  .trim()
  .split(/\s+/)
  .map(bitmapOf);

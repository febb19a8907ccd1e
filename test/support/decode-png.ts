import { crc32, inflateSync } from 'node:zlib';

export type Decoded = Readonly<{
  width: number;
  height: number;
  /** The colour of a pixel as six digits. */
  at: (x: number, y: number) => string;
}>;

const SIGNATURE = '89504e470d0a1a0a';

/** Reads a PNG of eight bits with a palette, and throws at whatever is not as the standard wants it. */
export const decodePng = (png: Uint8Array): Decoded => {
  const file = Buffer.from(png);
  must(file.subarray(0, 8).toString('hex') === SIGNATURE, 'signature');

  const chunks = chunksOf(file.subarray(8));
  must(chunks.map(({ name }) => name).join(' ') === 'IHDR PLTE IDAT IEND', 'chunks');
  const [header, palette, data] = chunks.map(({ content }) => content);
  const [width, height] = [header!.readUInt32BE(0), header!.readUInt32BE(4)];
  must(header!.subarray(8).toString('hex') === '0803000000', 'kind');

  const lines = inflateSync(data!);
  must(lines.length === height * (width + 1), 'scanlines');
  for (let y = 0; y < height; y += 1) must(lines[y * (width + 1)] === 0, 'filter');

  const colours = palette!.toString('hex').match(/.{6}/g) ?? [];
  must(colours.length * 3 === palette!.length, 'palette');
  must(Math.max(...new Set(lines)) < colours.length, 'colour');
  return { width, height, at: (x, y) => colours[lines[y * (width + 1) + 1 + x]!]! };
};

type Chunk = Readonly<{ name: string; content: Buffer }>;

const chunksOf = (rest: Buffer): readonly Chunk[] => {
  if (rest.length === 0) return [];

  const end = 8 + rest.readUInt32BE(0);
  must(rest.readUInt32BE(end) === crc32(rest.subarray(4, end)), 'checksum');
  const name = rest.toString('latin1', 4, 8);
  return [{ name, content: rest.subarray(8, end) }, ...chunksOf(rest.subarray(end + 4))];
};

const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(`the PNG has a wrong ${what}`);
};

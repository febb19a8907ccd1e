import { crc32, deflateSync } from 'node:zlib';
import type { Canvas } from './canvas.ts';
import { indexed } from './palette.ts';

/** The picture as a file: PNG with a palette, https://www.w3.org/TR/png-3/ */
export const encodePng = (canvas: Canvas): Uint8Array => {
  const { width, height } = canvas;
  const { palette, pixels } = indexed(canvas);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([BIT_DEPTH, WITH_PALETTE], 8);

  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(scanlines(width, pixels), { level: 9 })),
    chunk('IEND', new Uint8Array()),
  ]);
};

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BIT_DEPTH = 8;
const WITH_PALETTE = 3;

/** Each row after a byte that names its filter: 0, for none. */
const scanlines = (width: number, pixels: Uint8Array): Uint8Array => {
  const rows = pixels.length / width;
  const lines = new Uint8Array(pixels.length + rows);
  for (let row = 0; row < rows; row += 1) {
    lines.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return lines;
};

/** Its length, its name, its content, and a checksum of the latter two. */
const chunk = (name: string, content: Uint8Array): Uint8Array => {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
};

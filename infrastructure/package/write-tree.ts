import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Contents by path within the folder. */
export type Tree = ReadonlyMap<string, string | Uint8Array>;

/**
 * Makes a folder hold exactly these files. A file that is as it should be is left alone, and another one is put in its
 * place whole, so that whoever reads the folder meanwhile, such as a second `npm pack`, never sees half of one.
 */
export const writeTree = (folder: string, tree: Tree): void => {
  for (const [path, content] of tree) {
    const file = join(folder, path);
    const bytes = Buffer.from(content);
    if (holds(file, bytes)) continue;
    mkdirSync(dirname(file), { recursive: true });
    const draft = `${file}.${process.pid}.draft`;
    writeFileSync(draft, bytes);
    renameSync(draft, file);
  }
  for (const path of filesIn(folder)) {
    if (!tree.has(path) && !path.endsWith('.draft')) rmSync(join(folder, path));
  }
};

const holds = (file: string, bytes: Buffer): boolean => {
  try {
    return readFileSync(file).equals(bytes);
  } catch {
    return false;
  }
};

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

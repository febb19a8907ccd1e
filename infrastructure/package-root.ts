import { existsSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';

/** The folder with package.json: of the clone, or of the package, where the code is bundled into another folder. */
export const PACKAGE_ROOT: string = rootAbove(import.meta.dirname);

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  if (parse(folder).root === folder) throw new Error('Tidegate has no package.json');
  return rootAbove(dirname(folder));
}

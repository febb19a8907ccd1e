import { writeFileSync } from 'node:fs';
import { biomeBorders } from './biome-borders.ts';

// npm run borders: writes biome.borders.json anew from the table of rooms.
writeFileSync('biome.borders.json', biomeBorders());

import { mkdirSync, writeFileSync } from 'node:fs';
import { referencePages } from './pages.ts';

// npm run reference: writes the pages of keys and commands anew.
mkdirSync('docs/reference', { recursive: true });
for (const [path, text] of Object.entries(await referencePages())) writeFileSync(path, text);

import { render } from 'preact';
import { App } from './app.tsx';
import type { Boot } from './page-client.ts';

const root = document.getElementById('root');
const boot = document.getElementById('boot')?.textContent ?? '';
if (root !== null) render(<App boot={JSON.parse(boot) as Boot} />, root);

import { render } from 'preact';
import { App } from './app.tsx';
import { FrontPage } from './front-page.tsx';
import type { Boot, FrontBoot } from './page-client.ts';

const root = document.getElementById('root');
const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '') as Boot | FrontBoot;
if (root !== null) {
  render(boot.kind === 'front' ? <FrontPage boot={boot} /> : <App boot={boot} />, root);
}

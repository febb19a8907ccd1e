const { join } = require('node:path');
const { gzipSync } = require('node:zlib');
const { build } = require('esbuild');

/** The application as one file, compressed, in base64: user data has room for 16 KB. */
module.exports.application = async () => {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'application', 'main.ts')],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    write: false,
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).toString('base64');
};

import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, stop, type Plugin } from 'esbuild';

/** The page's script and style sheet. */
export type Bundle = { script: string; style: string };

const entry = fileURLToPath(new URL('./client/main.tsx', import.meta.url));

let bundled: Promise<Bundle> | null = null;

/**
 * The client, bundled in memory when it is first asked for: in about a second, with nothing written
 * and nothing downloaded. Its sources do not change while the process runs. A failure is tried again.
 */
export function bundledClient(): Promise<Bundle> {
  bundled ??= bundle().catch((fault: unknown) => {
    bundled = null;
    throw fault;
  });
  return bundled;
}

/**
 * The style sheet of slack-blocks-to-jsx hangs on an id, though there are many drawings on a page, and
 * means to win against everything. Here it hangs on the class, in a layer that our own sheets outrank.
 */
const slackStyles: Plugin = {
  name: 'slack-styles',
  setup(building) {
    building.onLoad(
      { filter: /slack-blocks-to-jsx[\\/]dist[\\/]style\.css$/ },
      async ({ path }) => {
        const sheet = await readFile(path, 'utf8');
        const tamed = sheet
          .replaceAll('#slack_blocks_to_jsx', '.slack_blocks_to_jsx')
          .replaceAll('!important', '');
        return { contents: `@layer slack-blocks {${tamed}}`, loader: 'css' };
      },
    );
  },
};

async function bundle(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    outdir: '/bundle',
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    logLevel: 'silent',
    plugins: [slackStyles],
  });
  // The bundler is a process of its own, which would outlive its purpose.
  await stop();
  const text = (ending: string): string =>
    outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

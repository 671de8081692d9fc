import { fileURLToPath } from 'node:url';
import { build, stop } from 'esbuild';

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
  });
  // The bundler is a process of its own, which would outlive its purpose.
  await stop();
  const text = (ending: string): string =>
    outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

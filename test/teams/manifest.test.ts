import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Draft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { chatCommands, raiseCommand } from '../../src/teams/commands.ts';

const folder = new URL('../../manifests/teams/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as Manifest;

type Manifest = {
  manifestVersion: string;
  icons: Record<'color' | 'outline', string>;
  bots: { botId: string; scopes: string[]; commandLists: { commands: { title: string }[] }[] }[];
  composeExtensions: { commands: Record<string, unknown>[] }[];
  [key: string]: unknown;
};

/** Microsoft's own schemas come with its package, so that this needs no network. */
function schemaOf(version: string): object {
  const package_ = '@microsoft/app-manifest/build/json-schemas/teams';
  const file = `${package_}/v${version}/MicrosoftTeams.schema.json`;
  const from = new URL(`../../node_modules/${file}`, import.meta.url);
  return createRequire(import.meta.url)(from.pathname) as object;
}

describe('the manifest', () => {
  it.each(['1.29', '1.30'])('is what Microsoft’s schema %s asks for', (version) => {
    const ajv = new Draft04.default({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(schemaOf(version));
    validate({ ...manifest, manifestVersion: version });
    expect(validate.errors).toBeNull();
  });

  it('has the icons in Microsoft’s sizes', () => {
    expect([sizeOf('color'), sizeOf('outline')]).toEqual([
      [192, 192],
      [32, 32],
    ]);
  });

  it('offers the commands that are understood', () => {
    const titles = manifest.bots.flatMap((bot) =>
      bot.commandLists.flatMap(({ commands }) => commands.map(({ title }) => title)),
    );
    expect(titles).toEqual([...chatCommands]);
    expect(manifest.composeExtensions.flatMap(({ commands }) => commands)).toEqual([
      expect.objectContaining({
        id: raiseCommand,
        type: 'action',
        fetchTask: true,
        triggers: ['slash'],
        context: ['compose', 'commandBox', 'message'],
      }),
    ]);
  });

  it('asks for nothing but to be a bot', () => {
    const asked = ['permissions', 'devicePermissions', 'authorization', 'webApplicationInfo'];
    for (const name of asked) expect(manifest).not.toHaveProperty(name);
    expect(manifest['validDomains']).toEqual([]);
    expect(manifest.bots[0]).toMatchObject({ scopes: ['personal', 'team'], supportsFiles: false });
    expect(manifest['supportsChannelFeatures']).toBe('tier1');
  });
});

function sizeOf(icon: 'color' | 'outline'): number[] {
  const png = readFileSync(new URL(manifest.icons[icon], folder));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  return [png.readUInt32BE(16), png.readUInt32BE(20)];
}

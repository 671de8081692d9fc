import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPolicies } from '../../src/policies/load-policies.ts';
import { withNewOnes } from '../../src/policies/released.ts';

const shipped = join(import.meta.dirname, '../../src/policies');

describe('loading policies', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'policies-'));
    cpSync(shipped, folder, { recursive: true, filter: (source) => !source.endsWith('.ts') });
    // What is released must not change, and these tests change things.
    writeFileSync(join(folder, 'released.json'), '{}');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function change(file: string, from: string, to: string) {
    const text = readFileSync(join(folder, file), 'utf8');
    expect(text).toContain(from);
    writeFileSync(join(folder, file), text.replace(from, to));
  }
  const found = () =>
    loadPolicies(folder).problems.map(({ file, path, problem }) => `${file}: ${path}: ${problem}`);

  it('finds nothing wrong in a copy of the shipped ones', () => {
    expect(found()).toEqual([]);
    expect(loadPolicies(folder).latest('westlands')?.digest).toBe(
      loadPolicies().latest('westlands')?.digest,
    );
  });

  it('reports every problem of every file at once, each with its place', () => {
    change('procedures/staff-1.yaml', 'who: manager', 'who: janitor');
    change(
      'procedures/filtering-1.yaml',
      'source: [filtering-standards, iwf-at-work]',
      'source: [rumour]',
    );
    change('contacts.yaml', 'role: childline', 'role: uncle');
    const problems = found();
    expect(problems).toContainEqual(
      expect.stringMatching(/^procedures\/staff-1\.yaml: steps\.name-adult\.who: /),
    );
    expect(problems).toContainEqual(expect.stringMatching(/^contacts\.yaml: 2\.role: /));
    expect(problems).toContainEqual(
      'procedures/filtering-1.yaml: filtering/screen-off (westlands-1): there is no source “rumour”',
    );
    expect(problems).toContain(
      'packs/westlands-1.yaml: procedures: adopts staff version 1, which could not be read',
    );
  });

  it('gives out no pack that has a problem', () => {
    change('packs/westlands-1.yaml', 'steps: [spine/oversight]', 'steps: [spine/oversights]');
    const policies = loadPolicies(folder);
    expect(policies.latest('westlands')).toBeNull();
    expect(policies.policyFor('westlands', 1)).toBeNull();
    expect(policies.latest('st-wilfrids')).not.toBeNull();
  });

  it('reports a file that is not YAML, and one called after another version', () => {
    change('procedures/nudes-1.yaml', 'id: nudes', 'id: [nudes');
    change('packs/westlands-1.yaml', 'version: 1', 'version: 2');
    const problems = found();
    expect(problems).toContainEqual(expect.stringMatching(/^procedures\/nudes-1\.yaml: : /));
    expect(problems).toContain(
      'packs/westlands-1.yaml: id: holds westlands version 2, so it must be called westlands-2.yaml',
    );
  });

  it('reports a record field that is not in the library', () => {
    change('procedures/spine-1.yaml', 'record: [told, how]', 'record: [told, hwo]');
    expect(found()).toContainEqual(
      expect.stringMatching(/^procedures\/spine-1\.yaml: steps\.tell-in-person\.record\.1: /),
    );
  });

  it('gives a school the newest version of its pack, and a case the one it is pinned to', () => {
    const pack = readFileSync(join(folder, 'packs/westlands-1.yaml'), 'utf8');
    writeFileSync(join(folder, 'packs/westlands-2.yaml'), pack.replace('version: 1', 'version: 2'));
    const policies = loadPolicies(folder);
    expect(policies.problems).toEqual([]);
    expect(policies.latest('westlands')?.pack.version).toBe(2);
    expect(policies.policyFor('westlands', 1)?.pack.version).toBe(1);
    expect(policies.policyFor('westlands', 1)?.digest).not.toBe(
      policies.latest('westlands')?.digest,
    );
  });

  /** Puts every version there is on the list of released ones, as `npm run policies -- release` does. */
  function release(): string[] {
    const { released, hashes } = loadPolicies(folder);
    const after = withNewOnes(released, hashes);
    writeFileSync(join(folder, 'released.json'), JSON.stringify(after.released));
    return after.added;
  }

  it('finds nothing wrong in what was released, however it is laid out', () => {
    expect(release()).toHaveLength(15);
    change('procedures/unsure-1.yaml', 'steps:\n', '\n# A comment.\nsteps:\n\n');
    expect(found()).toEqual([]);
    expect(release()).toEqual([]);
  });

  it('reports a released version that has been changed by one word, and one that is gone', () => {
    release();
    change('procedures/unsure-1.yaml', 'title: ', 'title: Really ');
    rmSync(join(folder, 'packs/westlands-1.yaml'));
    expect(found()).toEqual([
      'packs/westlands-1.yaml: : was released, and cases may run under it: it must stay',
      'procedures/unsure-1.yaml: : was released and has been changed: take the change back, and write the next version',
    ]);
  });

  it('reports released versions that a shared record field changes', () => {
    release();
    change('fields.yaml', "label: 'Officer", "label: 'The officer");
    expect(found()).toContainEqual(
      expect.stringMatching(/^procedures\/spine-1\.yaml: : was released/),
    );
    expect(found()).not.toContainEqual(expect.stringMatching(/^packs\//));
  });

  it('is trusted at a start as far as it was released, and no further', () => {
    const atStart = () => loadPolicies(folder, { trust: 'released' }).problems.length;
    change(
      'procedures/filtering-1.yaml',
      'source: [filtering-standards, iwf-at-work]',
      'source: [rumour]',
    );
    expect(atStart()).toBeGreaterThan(0);
    release();
    expect(found()).not.toEqual([]);
    expect(atStart()).toBe(0);
    change('procedures/unsure-1.yaml', 'title: ', 'title: Really ');
    expect(atStart()).toBeGreaterThan(0);
  });

  it('releases the next version, and leaves the entries of the others alone even when they are wrong', () => {
    release();
    change('procedures/unsure-1.yaml', 'title: ', 'title: Really ');
    const pack = readFileSync(join(folder, 'packs/westlands-1.yaml'), 'utf8');
    writeFileSync(join(folder, 'packs/westlands-2.yaml'), pack.replace('version: 1', 'version: 2'));
    expect(release()).toEqual(['packs/westlands-2.yaml']);
    expect(found()).toHaveLength(1);
  });
});

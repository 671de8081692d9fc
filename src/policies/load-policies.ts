import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { assemblePolicy } from '../domain/policy.ts';
import { checkPolicy, type ClauseRow } from '../domain/procedure-check.ts';
import {
  packSchema,
  procedureSchema,
  type Pack,
  type Policy,
  type Procedure,
} from '../domain/procedure.ts';
import { digestOf } from './digest.ts';
import { readYaml, type FileProblem, type Read } from './read-yaml.ts';
import { expandFields } from './record-fields.ts';
import { changedSinceRelease, releasedSchema, type Hashes, type Released } from './released.ts';
import {
  clauseRowsSchema,
  contactsSchema,
  sourcesSchema,
  type NationalContact,
  type Source,
} from './reference-data.ts';

/** Every policy pack with its procedures, checked. */
export type Policies = {
  /** The pack in this version, or in its newest. Null: there is none, or there are problems with it. */
  policyFor: (packId: string, version?: number) => Policy | null;
  latest: (packId: string) => Policy | null;
  /** Every version of every pack, without problems or with. */
  packs: Policy[];
  procedures: Procedure[];
  sources: Readonly<Record<string, Source>>;
  contacts: NationalContact[];
  /** The clauses of each policy that have to be carried, by pack. */
  clauses: Readonly<Record<string, ClauseRow[]>>;
  /** The content of every version, and of those that were released. */
  hashes: Hashes;
  released: Released;
  /** Everything wrong in the files, all at once. A school must not run on policies with problems. */
  problems: FileProblem[];
};

type Checked = { policy: Policy; problems: FileProblem[] };

/**
 * Reads the policies from their files. The only part of them that reads anything. `trust`: a version that stands
 * unchanged on the list of released ones was checked before it came there, and a start does not check it again.
 */
export function loadPolicies(
  directory: string = import.meta.dirname,
  { trust = 'nothing' }: { trust?: 'released' | 'nothing' } = {},
): Policies {
  const problems: FileProblem[] = [];
  const keep = <T>({ value, problems: found }: Read<T>): T | null => {
    problems.push(...found);
    return value;
  };
  const one = <T>(file: string, schema: z.ZodType<T>) =>
    keep(readYaml(file, readFileSync(join(directory, file), 'utf8'), schema));

  const library = one('fields.yaml', z.record(z.string(), z.looseObject({}))) ?? {};
  const sources = one('sources.yaml', sourcesSchema) ?? {};
  const contacts = one('contacts.yaml', contactsSchema) ?? [];
  const clauses = one('clause-ids.yaml', clauseRowsSchema) ?? {};
  const released = one('released.json', releasedSchema) ?? {};
  const all = <T>(folder: string, schema: z.ZodType<T>, prepare?: (raw: unknown) => unknown) =>
    readFolder(directory, folder, (file, text) => {
      const read = readYaml(file, text, schema, prepare);
      const value = keep(read);
      return value === null ? null : { file, value, hash: digestOf(read.raw) };
    });
  const procedures = all('procedures', procedureSchema, (raw) => expandFields(raw, library));
  const packs = all('packs', packSchema);
  const hashes = new Map([...procedures, ...packs].map(({ file, hash }) => [file, hash]));
  problems.push(
    ...misnamed('procedures', procedures),
    ...misnamed('packs', packs),
    ...changedSinceRelease(released, hashes),
  );

  const checked = packs
    .map((pack) => assemble(pack, procedures))
    .map((assembled) => ({
      ...assembled,
      problems: [
        ...assembled.problems,
        ...(trust === 'released' && isReleased(assembled.policy, released, hashes)
          ? []
          : problemsOf(assembled.policy, sources, clauses)),
      ],
    }));
  problems.push(...checked.flatMap((one) => one.problems));
  return {
    ...lookUp(checked),
    procedures: procedures.map(({ value }) => value),
    ...{ sources, contacts, clauses, hashes, released, problems },
  };
}

/** `hash`: of what the file says, so that neither its layout nor a new default of the schema changes it. */
type Named<T> = { file: string; value: T; hash: string };

function readFolder<T>(
  directory: string,
  folder: string,
  read: (file: string, text: string) => Named<T> | null,
): Named<T>[] {
  return readdirSync(join(directory, folder))
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const file = `${folder}/${name}`;
      return read(file, readFileSync(join(directory, file), 'utf8')) ?? [];
    });
}

/** A file is named after what it holds, so that no version can hide behind another. */
function misnamed(folder: string, named: Named<{ id: string; version: number }>[]): FileProblem[] {
  return named
    .filter(({ file, value }) => file !== fileOf(folder, value.id, value.version))
    .map(({ file, value: { id, version } }) => ({
      file,
      path: 'id',
      problem: `holds ${id} version ${String(version)}, so it must be called ${id}-${String(version)}.yaml`,
    }));
}

function fileOf(folder: string, id: string, version: number): string {
  return `${folder}/${id}-${String(version)}.yaml`;
}

function assemble({ value: pack, hash }: Named<Pack>, procedures: Named<Procedure>[]): Checked {
  const found = Object.entries(pack.procedures).map(([id, version]) => ({
    name: `${id} version ${String(version)}`,
    procedure: procedures.find(({ value }) => value.id === id && value.version === version),
  }));
  const adopted = found.flatMap(({ procedure }) => (procedure === undefined ? [] : [procedure]));
  const problems = found
    .filter(({ procedure }) => procedure === undefined)
    .map(({ name }) => ({
      file: fileOf('packs', pack.id, pack.version),
      path: 'procedures',
      problem: `adopts ${name}, which could not be read`,
    }));
  const digest = digestOf({ pack: hash, procedures: adopted.map((one) => one.hash) });
  const values = adopted.map(({ value }) => value);
  return { policy: assemblePolicy(pack, values, digest), problems };
}

function isReleased({ pack, procedures }: Policy, released: Released, hashes: Hashes): boolean {
  const files = [
    fileOf('packs', pack.id, pack.version),
    ...[...procedures.values()].map(({ id, version }) => fileOf('procedures', id, version)),
  ];
  return files.every((file) => released[file] !== undefined && released[file] === hashes.get(file));
}

function problemsOf(
  policy: Policy,
  sources: Readonly<Record<string, Source>>,
  clauses: Readonly<Record<string, ClauseRow[]>>,
): FileProblem[] {
  const { pack } = policy;
  const context = { sources: new Set(Object.keys(sources)), clauses: clauses[pack.id] ?? [] };
  return checkPolicy(policy, context).map(({ at, problem }) => ({
    file: fileOfProblem(policy, at),
    path: `${at} (${pack.id}-${String(pack.version)})`,
    problem,
  }));
}

function fileOfProblem({ pack, procedures }: Policy, at: string): string {
  const procedure = procedures.get(at.split('/')[0] ?? '');
  return procedure === undefined
    ? fileOf('packs', pack.id, pack.version)
    : fileOf('procedures', procedure.id, procedure.version);
}

function lookUp(checked: Checked[]) {
  const policyFor = (packId: string, version?: number) => {
    const versions = checked.filter(({ policy: { pack } }) => pack.id === packId);
    const found =
      version === undefined
        ? versions.toSorted((one, other) => other.policy.pack.version - one.policy.pack.version)[0]
        : versions.find(({ policy: { pack } }) => pack.version === version);
    return found === undefined || found.problems.length > 0 ? null : found.policy;
  };
  const packs = checked.map(({ policy }) => policy);
  return { policyFor, latest: (packId: string) => policyFor(packId), packs };
}

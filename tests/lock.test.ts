import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/**
 * A lock made where a package's platform binaries could not be found leaves them out without a word, and then
 * `npm ci` fails everywhere else. And a lock that names one registry only works where that registry is reachable.
 */
interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, string>>>
>;

/** As Node looks a package up: beside the one that asks, then in each folder above. */
function isInstalledFor(asking: string, name: string): boolean {
  for (let folder = asking; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (lock.packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
}

test('the lock holds the optional packages of every platform', () => {
  const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !isInstalledFor(path, name))
      .map((name) => `${path} lacks ${name}`),
  );
  expect(missing).toEqual([]);
});

test('the lock names no registry, and every package by its hash', () => {
  const bad = Object.entries(lock.packages).filter(
    ([path, { resolved, integrity, link }]) =>
      path !== '' && !link && (resolved !== undefined || integrity === undefined),
  );
  expect(bad.map(([path]) => path)).toEqual([]);
});

test('package.json asks for exact versions, and gets them', () => {
  const asked = { ...manifest['dependencies'], ...manifest['devDependencies'] };
  const wrong = Object.entries(asked).filter(
    ([name, version]) => !/^\d+\.\d+\.\d+$/.test(version) || lock.packages[`node_modules/${name}`]?.version !== version,
  );
  expect(wrong).toEqual([]);
});

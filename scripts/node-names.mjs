// Prints which names Node's modules and builtin classes really have, as JSON: `node scripts/node-names.mjs MODULES…`. The
// declarations that come with vouch are made with it, since declarations leave out what is deprecated.
const own = (value) =>
  value === null || value === undefined
    ? []
    : Object.getOwnPropertyNames(value).filter((name) => /^[A-Za-z]\w*$/.test(name) && name !== 'default');

/** What other runtimes and bundlers give to `process`, by which programs tell where they run. */
const givenByOthers = [
  'browser',
  'pkg',
  'type',
  'resourcesPath',
  'windowsStore',
  'mas',
  'noAsar',
  'defaultApp',
  'isBun',
];

const found = {};
for (const name of process.argv.slice(2)) {
  if (name === 'global') {
    const classes = { Console: own(console), 'NodeJS.Process': [...own(process), ...givenByOthers] };
    for (const each of own(globalThis)) {
      const value = globalThis[each];
      if (typeof value !== 'function' || !value.prototype) continue;
      classes[each] = own(value.prototype);
      classes[`${each}Constructor`] = own(value);
    }
    found[name] = { names: [], classes };
    continue;
  }
  const module = await import(name.startsWith('node:') ? name : `node:${name}`).catch(() => undefined);
  if (module) found[name] = { names: own(module), classes: {} };
}
process.stdout.write(JSON.stringify(found));

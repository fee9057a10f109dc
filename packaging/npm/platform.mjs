// Makes the npm package of the platform that it runs on, from target/dist/claudometer-VERSION-PLATFORM.
//   node packaging/npm/platform.mjs VERSION
import {execFileSync} from 'node:child_process';
import {cpSync, existsSync, rmSync, writeFileSync} from 'node:fs';

const version = process.argv[2];
const system = {linux: 'linux', darwin: 'macos', win32: 'windows'}[process.platform];
const name = `${system}-${process.arch}`;
const tree = `target/dist/claudometer-${version}-${name}`;
if (!version || !existsSync(tree)) {
  console.error(`platform.mjs: ${tree} is missing: ./mvnw -Pdist package makes it`);
  process.exit(1);
}
const made = `target/npm/${name}`;
rmSync(made, {recursive: true, force: true});
cpSync(tree, made, {recursive: true});
writeFileSync(
  `${made}/package.json`,
  JSON.stringify(
    {
      name: `@claudometer/${name}`,
      version,
      description: `Claudometer for ${system} ${process.arch}, with the Java runtime that it needs`,
      license: 'Apache-2.0',
      os: [process.platform],
      cpu: [process.arch],
      ...(system === 'linux' ? {libc: ['glibc']} : {}),
      files: ['bin', 'runtime', 'share', 'claudometer-statusline'],
    },
    null,
    2) + '\n');
execFileSync('npm', ['pack', '--silent', '--pack-destination', '../../dist'], {cwd: made, stdio: 'inherit', shell: process.platform === 'win32'});

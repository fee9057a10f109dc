'use strict';

// Finds the package for this platform and hands over to a program in it.
const {spawn} = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

const SYSTEMS = {linux: 'linux', darwin: 'macos', win32: 'windows'};

exports.run = function run(program) {
  const system = SYSTEMS[process.platform];
  const name = `@claudometer/${system || process.platform}-${process.arch}`;
  const root = directoryOf(name);
  if (!root) {
    console.error(explain(name));
    process.exit(1);
  }
  const [command, ...first] = launcher(root, system, program);
  const child = spawn(command, [...first, ...process.argv.slice(2)], {stdio: 'inherit', windowsHide: true});
  // what is meant for the program is left to it: the terminal sends Ctrl-C to both
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => signal === 'SIGINT' || child.kill(signal));
  }
  child.on('error', error => {
    console.error(`claudometer: cannot start ${command}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : code));
};

function directoryOf(name) {
  try {
    return path.dirname(require.resolve(`${name}/package.json`));
  } catch {
    // beside this one, where a file was installed by itself
    const beside = path.join(__dirname, '..', '..', ...name.split('/'));
    return fs.existsSync(path.join(beside, 'package.json')) ? beside : undefined;
  }
}

function launcher(root, system, program) {
  if (system !== 'windows') {
    return [path.join(root, program)];
  }
  const script = path.join(root, 'bin', 'claudometer.ps1');
  const command = ['powershell', '-NoProfile', '-ExecutionPolicy', 'Bypass', '-File', script];
  return program === 'claudometer-statusline' ? [...command, 'statusline'] : command;
}

function explain(name) {
  const musl = process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime;
  const why = musl
    ? 'this Linux has musl, and the packages need glibc'
    : `the package ${name} is not installed: either there is none for this platform, or npm was told to leave out optional packages`;
  return `claudometer: ${why}. Run 'npm install -g claudometer' again without --omit=optional, or see ` +
    'https://claudometer.dev for other ways to install it.';
}

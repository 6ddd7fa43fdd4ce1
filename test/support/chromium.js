// Plain JavaScript: `npm test`, `npm run bench` and Playwright's configuration run it without a build.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { chromium } from '@playwright/test';

const isRoot = process.getuid?.() === 0;
const PATIENCE_MS = 120_000;

/** Command-line switches for a quiet Chromium: nothing but the page uses processor or network. */
export const chromiumArgs = [
  // As root Chromium refuses to start with its sandbox.
  ...(isRoot ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Looks for a Chromium that runs: `CHROME_PATH`, an installed one, Playwright's own.
 *
 * @returns {string | undefined} path of the executable
 * @throws {Error} if `CHROME_PATH` is set to something that does not run
 */
export function findChromium() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (runs(chosen)) return chosen;
    throw new Error(`CHROME_PATH should be the path of a Chromium or Chrome that runs, but is ${chosen}`);
  }
  return [...installedPaths(), chromium.executablePath()].find(runs);
}

/**
 * Looks for Chromium without a window, which opens a page in a third of the time: `HEADLESS_SHELL_PATH` (empty: none), or an
 * installed one, unless a browser was chosen by `CHROME_PATH`. It neither keeps pages for the back button nor discards them.
 *
 * @returns {string | undefined} path of the executable
 * @throws {Error} if `HEADLESS_SHELL_PATH` is set to something that does not run
 */
export function findHeadlessShell() {
  const chosen = process.env['HEADLESS_SHELL_PATH'];
  if (chosen === '' || (chosen === undefined && process.env['CHROME_PATH'])) return undefined;
  if (chosen && !runs(chosen)) throw new Error(`HEADLESS_SHELL_PATH should be a Chromium that runs, but is ${chosen}`);
  if (chosen) return chosen;
  return executables(['chromium-headless-shell', 'chrome-headless-shell']).find(runs);
}

/**
 * Like {@link findChromium}, but installs one where there is none; where it may not, it ends the process, saying what to do.
 *
 * @returns {string} path of the executable
 */
export function ensureChromium() {
  try {
    const found = findChromium() ?? install();
    const isWanted = process.env['CI'] === 'true' && !process.env['CHROME_PATH'];
    if (isWanted && !findHeadlessShell()) installPackage('chromium-headless-shell', PATIENCE_MS);
    return found;
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}

function install() {
  console.log('No Chromium found: installing one.');
  run(['npx', 'playwright', 'install', 'chromium']);
  const downloaded = findChromium();
  if (downloaded) return downloaded;
  installPackage('chromium');
  const installed = findChromium();
  if (installed) return installed;
  throw new Error('The browser tests need Chromium: install it (or Chrome), or set CHROME_PATH to the path of one.');
}

function installedPaths() {
  const programs = [process.env['PROGRAMFILES'], process.env['PROGRAMFILES(X86)'], process.env['LOCALAPPDATA']];
  return [
    ...executables(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ...programs.filter(Boolean).map((folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`),
  ];
}

/** On systems that have it, where it may be done. What is not needed is not waited for for ever. */
function installPackage(name, timeout) {
  if (process.platform !== 'linux' || !(isRoot || process.env['CI'] === 'true')) return;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  const apt = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  for (const task of [['update'], ['install', '-y', name]]) run([...apt, ...task], timeout);
}

function executables(names) {
  const folders = (process.env['PATH'] ?? '').split(delimiter).concat('/usr/bin', '/snap/bin');
  return names.flatMap((name) => folders.map((folder) => join(folder, name)));
}

/** A file that is there need not run: a download without the system's libraries, Ubuntu's stub for a snap. */
function runs(path) {
  if (!existsSync(path)) return false;
  // On Windows `--version` opens a window.
  return process.platform === 'win32' || spawnSync(path, ['--version'], { timeout: 30_000 }).status === 0;
}

function run([command, ...args], timeout) {
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32', timeout });
}

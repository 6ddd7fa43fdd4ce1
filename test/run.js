// `npm test`: every test there is, and one line at the end that says how it went.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { ensureChromium, findHeadlessShell } from './support/chromium.js';

const chromium = ensureChromium();
const shell = findHeadlessShell() ?? '';
const folder = mkdtempSync(join(tmpdir(), 'harmonychat-tests-'));
const vitestResults = join(folder, 'vitest.json');
const playwrightResults = join(folder, 'playwright.json');

const counts = [
  count(
    ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestResults}`],
    vitestResults,
    (json) => [json.numPassedTests, json.numTotalTests],
  ),
  count(
    ['playwright', 'test', '--config=test/playwright.config.ts', '--reporter=list,json'],
    playwrightResults,
    // Flaky (passed at a second try) and skipped tests have not passed.
    ({ stats }) => [stats.expected, stats.expected + stats.unexpected + stats.flaky + stats.skipped],
  ),
];
rmSync(folder, { recursive: true });

const passed = counts.reduce((sum, each) => sum + each.passed, 0);
const failed = counts.reduce((sum, each) => sum + each.failed, 0);
console.log(`\nTests: ${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;

/** A runner that crashed, found no tests, or reports an error outside of any test counts as one failure. */
function count([runner, ...args], file, read) {
  const { status } = spawnSync('npx', ['--no-install', runner, ...args], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      CHROME_PATH: chromium,
      HEADLESS_SHELL_PATH: shell,
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightResults,
    },
  });
  const [passed, total] = readResults(file, read);
  const failed = total - passed;
  return { passed, failed: failed === 0 && (status !== 0 || total === 0) ? 1 : failed };
}

function readResults(file, read) {
  try {
    return read(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    console.error(`No results: ${error.message}`);
    return [0, 0];
  }
}

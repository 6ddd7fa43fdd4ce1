import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const COPIED = ['src', 'test', 'vite.config.ts', 'emoji-words.ts', 'package.json', 'tsconfig.json'];
const TESTS = ['test/client/', 'test/tabs/', 'test/store/', 'test/protocol/'];
/** Enough for bugs as coarse as these. */
const MODEL_RUNS = '300';
/** Longer than the tests could ever take: then they hang. */
const LONGEST_MS = 300_000;

/** How the tests ended: all passed, this one failed first, or they could not be run. */
export type Verdict =
  | { readonly name: 'passed'; readonly tests: number }
  | { readonly name: 'failed'; readonly test: string }
  | { readonly name: 'broken'; readonly reason: string };

interface Results {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly message: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

/** A copy of the sources in which anything may be changed. The working tree is never touched. */
export class Workshop {
  readonly #folder = mkdtempSync(join(tmpdir(), 'harmonychat-mutants-'));
  readonly #changed = new Map<string, string>();

  constructor(root: string) {
    for (const path of COPIED) cpSync(join(root, path), join(this.#folder, path), { recursive: true });
    symlinkSync(resolve(root, 'node_modules'), join(this.#folder, 'node_modules'), 'junction');
  }

  readonly read = (file: string): string => readFileSync(join(this.#folder, file), 'utf8');

  change(texts: ReadonlyMap<string, string>): void {
    for (const [file, text] of texts) {
      this.#changed.set(file, this.read(file));
      writeFileSync(join(this.#folder, file), text);
    }
  }

  restore(): void {
    for (const [file, text] of this.#changed) writeFileSync(join(this.#folder, file), text);
    this.#changed.clear();
  }

  /** Runs the unit tests until the first that fails. */
  async test(): Promise<Verdict> {
    const output = join(this.#folder, 'results.json');
    rmSync(output, { force: true });
    const vitest = join(this.#folder, 'node_modules', 'vitest', 'vitest.mjs');
    const flags = ['--bail=1', '--maxWorkers=1', '--reporter=json', `--outputFile=${output}`];
    const child = spawn(process.execPath, [vitest, 'run', ...TESTS, ...flags], {
      cwd: this.#folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, MODEL_RUNS },
      timeout: LONGEST_MS,
      killSignal: 'SIGKILL',
    });
    let errors = '';
    child.stderr.on('data', (text) => {
      errors += text;
    });
    const status = await new Promise((resolve) => child.on('close', resolve));
    return judge(status, () => JSON.parse(readFileSync(output, 'utf8')), errors);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** A bug is caught by a test that fails: tests that cannot be loaded, or never end, catch nothing. */
function judge(status: unknown, read: () => Results, errors: string): Verdict {
  try {
    const { numPassedTests, testResults } = read();
    const results = testResults.flatMap(({ assertionResults }) => assertionResults);
    const failed = results.find((result) => result.status === 'failed');
    if (failed) return { name: 'failed', test: failed.fullName };
    if (status === 0 && numPassedTests > 0) return { name: 'passed', tests: numPassedTests };
    const message = testResults.find((file) => file.message !== '')?.message;
    return { name: 'broken', reason: message ?? errors.slice(0, 2_000) };
  } catch {
    return { name: 'broken', reason: errors.slice(0, 2_000) || 'no results' };
  }
}

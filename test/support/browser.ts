import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

/**
 * The package is an ES module and unpacks the browser on its first use; a program of its own asks it where. Without WebGL, which it would paint every
 * page with, on the processor: nobody looks, and a page takes a third less.
 */
const question = `
  const { default: chromium } = await import('@sparticuz/chromium');
  chromium.setGraphicsMode = false;
  process.stdout.write(JSON.stringify({ executablePath: await chromium.executablePath(), args: chromium.args }));
`;

/** Starts the browser that the tests bring along, headless. Close it afterwards. */
export async function startBrowser(): Promise<Browser> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', question]);
  const { executablePath, args } = JSON.parse(stdout) as { executablePath: string; args: string[] };
  // Meant for a function that opens one page and ends: a browser in a single process ends with the first context that is closed.
  const lasting = args.filter((one) => one !== '--single-process' && one !== '--no-zygote');
  return chromium.launch({ executablePath, args: lasting, headless: true });
}

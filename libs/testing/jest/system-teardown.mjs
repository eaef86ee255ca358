import { rmSync } from 'node:fs';

/** Removes what system-setup.mjs made. */
export default function systemTeardown() {
  const folder = process.env.RECOURSE_TEST_SYSTEM_DIR;
  if (folder) rmSync(folder, { recursive: true, force: true });
}

import fs, { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readSecrets } from '../../tools/start/secrets.mjs';

describe('the secrets of an installation', () => {
  let folder: string;
  let data: string;
  let secrets: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'recourse-secrets-'));
    [data, secrets] = [join(folder, 'var'), join(folder, 'var-secrets')];
    mkdirSync(data);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const inData = () => join(data, 'secrets.json');
  const inSecrets = () => join(secrets, 'secrets.json');

  it('are made once, beside the data and not in it, for their owner alone', () => {
    const made = readSecrets(secrets, data);
    expect(made.settings['RECOURSE_RECEIPT_PEPPER']).toMatch(/^[0-9a-f]{64}$/);
    expect(readSecrets(secrets, data)).toEqual(made);
    expect(existsSync(inData())).toBe(false);
    expect([statSync(secrets).mode & 0o777, statSync(inSecrets()).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('are moved out of the data folder where an earlier release kept them', () => {
    const made = readSecrets(secrets, data);
    renameSync(inSecrets(), inData());
    expect(readSecrets(secrets, data)).toEqual(made);
    expect([existsSync(inData()), statSync(inSecrets()).mode & 0o777]).toEqual([false, 0o600]);
  });

  it('are whole after a crash between the copy and the removal', () => {
    const made = readSecrets(secrets, data);
    writeFileSync(inData(), readFileSync(inSecrets()));
    expect(readSecrets(secrets, data)).toEqual(made);
    expect(existsSync(inData())).toBe(false);
  });

  it.each([true, false])('are on the disk under their new name before the old file goes: copied by this start: %s', (isCopiedNow) => {
    readSecrets(secrets, data);
    writeFileSync(inData(), readFileSync(inSecrets()));
    if (isCopiedNow) rmSync(secrets, { recursive: true });
    const done: string[] = [];
    const opened = new Map<number, string>();
    const [open, remove] = [fs.openSync, fs.rmSync];
    jest.spyOn(fs, 'openSync').mockImplementation((path, flags, mode) => {
      const handle = open(path, flags, mode);
      opened.set(handle, String(path));
      return handle;
    });
    jest.spyOn(fs, 'fsyncSync').mockImplementation((handle) => void done.push(`flushed ${opened.get(handle) ?? ''}`));
    jest.spyOn(fs, 'rmSync').mockImplementation((path, choices) => {
      done.push(`removed ${String(path)}`);
      remove(path, choices);
    });
    try {
      readSecrets(secrets, data);
    } finally {
      jest.restoreAllMocks();
    }
    expect(done.filter((one) => !one.endsWith('.new'))).toEqual([
      `flushed ${secrets}`,
      `flushed ${dirname(secrets)}`,
      `removed ${inData()}`,
    ]);
  });

  it('are not guessed when there are two of them', () => {
    readSecrets(secrets, data);
    writeFileSync(inData(), '{}');
    expect(() => readSecrets(secrets, data)).toThrow('hold different secrets');
    expect([existsSync(inData()), existsSync(inSecrets())]).toEqual([true, true]);
  });

  it('stay in the data folder when the setting says so', () => {
    const made = readSecrets(data, data);
    expect([existsSync(inData()), readSecrets(data, data)]).toEqual([true, made]);
  });

  it.each(['postgres', 'evidence'])('are not made anew beside an installation that has lost them: %s', (used) => {
    mkdirSync(join(data, used));
    expect(() => readSecrets(secrets, data)).toThrow(/its secrets are not there .*Put secrets\.json back/);
    expect(existsSync(inSecrets())).toBe(false);
  });

  it('cannot be made where nothing may be written: the setting is named, and those of an earlier release stay where they are', () => {
    const made = readSecrets(data, data);
    writeFileSync(secrets, 'a file in the way');
    expect(() => readSecrets(secrets, data)).toThrow(/Choose another with RECOURSE_SECRETS_DIR/);
    expect(readSecrets(data, data)).toEqual(made);
  });
});

import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { ClearEvidenceStore } from '@recourse/cases';
import { SystemClock } from '@recourse/clock';
import { FolderStore } from '@recourse/evidence';
import { testDatabase } from '@recourse/testing';
import { EvidenceClearing } from './evidence-clearing';

describe('clearing the evidence store', () => {
  const database = testDatabase();
  let folder: string;
  let lines: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'recourse-evidence-'));
    await new FolderStore(folder).canStore();
    const left = join(folder, 'unfinished', 'left-by-a-killed-process');
    await writeFile(left, 'x');
    await utimes(left, new Date('2026-01-01'), new Date('2026-01-01'));
    lines = [];
    jest.spyOn(Logger.prototype, 'log').mockImplementation((line: string) => lines.push(line));
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((line: string) => lines.push(line));
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await rm(folder, { recursive: true, force: true });
  });
  it('begins when the process starts, and says how many', async () => {
    const clearing = new EvidenceClearing(
      new ClearEvidenceStore(await database.dataSource('intake'), new FolderStore(folder)),
      new SystemClock(),
    );
    clearing.onApplicationBootstrap();
    await clearing.beforeApplicationShutdown();
    await expect(readdir(join(folder, 'unfinished'))).resolves.toEqual([]);
    expect(lines).toEqual(['Evidence store: of interrupted uploads 1 unfinished and 0 without a row removed, 0 with a row kept']);
  });

  it('says when it cannot, without a key, and goes on', async () => {
    class BrokenStore extends FolderStore {
      override removeUnfinished(): Promise<number> {
        return Promise.reject(new TypeError('ab'.repeat(16)));
      }
    }
    const clearing = new EvidenceClearing(
      new ClearEvidenceStore(await database.dataSource('intake'), new BrokenStore(folder)),
      new SystemClock(),
    );
    clearing.onApplicationBootstrap();
    await clearing.beforeApplicationShutdown();
    expect(lines).toEqual(['The evidence store could not be cleared (TypeError); trying again in an hour']);
  });
});

import { randomUUID } from 'node:crypto';
import { dataSourceOptions, markAsDemo, type Mode } from '@recourse/persistence';
import { describeOnBothBackends, Given, waitFor } from '@recourse/testing';
import { generateKeyPair } from '@recourse/vault';
import { DataSource } from 'typeorm';

import { PatientDatabase } from './patient-database';

describeOnBothBackends('the database of the worker', (backend) => {
  let source: DataSource;
  let refused: string[];
  let patient: PatientDatabase;
  const opened = (url: string, mode: Mode = 'test', { publicKey } = generateKeyPair()) => {
    source = new DataSource(dataSourceOptions(url, { poolSize: 2, applicationName: 'test-patience' }));
    refused = [];
    patient = new PatientDatabase(source, { mode, publicKey }, (problem) => {
      refused.push(problem);
      throw new Error('refused');
    });
    return patient;
  };
  afterEach(async () => {
    await patient.beforeApplicationShutdown();
    if (source.isInitialized) await source.destroy();
  });

  it('is open before the work begins', async () => {
    await opened(backend().settings.databaseUrl).onModuleInit();
    await patient.check();
    expect(refused).toEqual([]);
  });

  it('refuses the role of the owner and of another process at once', async () => {
    for (const role of ['owner', 'intake', 'casework'] as const) {
      await opened(backend().database.urlOf(role)).onModuleInit();
      expect(refused[0]).toContain('the worker process must connect as recourse_worker, not as');
      await patient.beforeApplicationShutdown();
      await source.destroy();
    }
  });

  it('refuses at once what no waiting would mend: a wrong password, a database that is not there, one that is not set up', async () => {
    const named = (change: Partial<Pick<URL, 'password' | 'pathname'>>) =>
      Object.assign(new URL(backend().database.urlOf('worker')), change).href;
    for (const [url, problem] of [
      [named({ password: 'wrong' }), 'refuses the name or the password'],
      [named({ pathname: '/recourse_test_nowhere' }), 'has no database of this name'],
      [named({ pathname: '/postgres' }), 'is not set up, or not by this release: run “npm run recourse -- migrate” first'],
    ] as const) {
      await opened(url).onModuleInit();
      expect(refused).toEqual([expect.stringContaining(problem)]);
      await patient.beforeApplicationShutdown();
      if (source.isInitialized) await source.destroy();
    }
  });

  it('refuses a demo workspace in production', async () => {
    await markAsDemo((await backend().database.dataSource('owner')).manager, { id: randomUUID(), madeAt: new Date() });
    const { databaseUrl } = backend().settings;
    await opened(databaseUrl, 'production').onModuleInit();
    expect(refused).toEqual([expect.stringContaining('made as a demo workspace')]);
    await patient.beforeApplicationShutdown();
    await source.destroy();
    await opened(databaseUrl, 'development').onModuleInit();
    expect(refused).toEqual([]);
  });

  it('lets the application start while the database is away, and asks for the role when it comes', async () => {
    await backend().databaseGate.shut();
    const url = new URL(backend().database.urlOf('casework'));
    url.port = String(backend().databaseGate.port);
    await opened(url.href).onModuleInit();
    expect(refused).toEqual([]);
    await backend().databaseGate.open();
    await waitFor('refused', () => refused.length > 0, 10_000);
  });

  it('refuses one that was set up with another key, also when that happens after the start, and no other', async () => {
    const { databaseUrl } = backend().settings;
    await opened(databaseUrl).onModuleInit();
    expect(refused).toEqual([]);
    const { institution } = await Given.in(backend().database);
    await waitFor('refused', () => refused.length > 0, 15_000);
    expect(refused[0]).toContain('RECOURSE_WORKER_SECRET_KEY is another than this database was set up with');
    await patient.beforeApplicationShutdown();
    await source.destroy();
    await opened(databaseUrl).onModuleInit();
    expect(refused).toHaveLength(1);
    await patient.beforeApplicationShutdown();
    await source.destroy();
    await opened(databaseUrl, 'test', institution.worker).onModuleInit();
    expect(refused).toEqual([]);
  }, 60_000);
});

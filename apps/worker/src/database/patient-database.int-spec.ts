import { dataSourceOptions } from '@recourse/persistence';
import { describeOnBothBackends, waitFor } from '@recourse/testing';
import { DataSource } from 'typeorm';

import { PatientDatabase } from './patient-database';

describeOnBothBackends('the database of the worker', (backend) => {
  let source: DataSource;
  let refused: string[];
  let patient: PatientDatabase;
  const opened = (url: string) => {
    source = new DataSource(dataSourceOptions(url, { poolSize: 2, applicationName: 'test-patience' }));
    refused = [];
    patient = new PatientDatabase(source, (problem) => {
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

  it('lets the application start while the database is away, and asks for the role when it comes', async () => {
    await backend().databaseGate.shut();
    const url = new URL(backend().database.urlOf('casework'));
    url.port = String(backend().databaseGate.port);
    await opened(url.href).onModuleInit();
    expect(refused).toEqual([]);
    await backend().databaseGate.open();
    await waitFor('refused', () => refused.length > 0, 10_000);
  });
});

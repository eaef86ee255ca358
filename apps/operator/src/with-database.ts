import { dataSourceOptions } from '@recourse/persistence';
import { DataSource } from 'typeorm';

/** Connects, works, and disconnects, whatever happens. */
export async function withDatabase<T>(url: string, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const dataSource = await new DataSource(dataSourceOptions(url, { poolSize: 4, applicationName: 'recourse-operator' })).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

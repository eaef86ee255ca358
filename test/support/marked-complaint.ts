import { randomUUID } from 'node:crypto';
import type { House } from './house';
import { file, send, showing, type Filed } from './partner';

/** Texts that occur nowhere else, by where they are typed. */
export const typed = {
  narrative: 'Zwergkiefer-Nagoldtal-4471 شجرة',
  place: 'Quellwiese-Ostrava-9923',
  name: 'Ildefonsa-Querbeet-5518',
  contact: 'tintenfisch-3390@heuboden.example',
  company: 'Murmelbahn-Spedition-7702',
  message: 'Regenbogenforelle-Pfahlbau-6184',
  fileName: 'Kastanienrost-2265.txt',
  file: 'Drehorgelspieler-Finsternis-8847',
  addition: 'Wetterleuchten-Hochmoor-1956',
};
const complaint = {
  language: 'en',
  narrative: typed.narrative,
  place: typed.place,
  companyDescription: typed.company,
  anonymity: 'confidential',
  name: typed.name,
  contact: { email: typed.contact, neutral: true, language: 'en' },
};

/** Files a complaint, two messages and a file, with a marked text in every place that takes one. */
export async function fileEverything(house: House): Promise<Filed> {
  const filed = await file(house.intake, complaint);
  expect(filed.status).toBe(201);
  const own = `${house.intake}/api/v1/complaint`;
  for (const body of [typed.message, typed.addition]) {
    expect((await send(`${own}/messages`, { body }, showing(filed.body.receipt))).status).toBe(201);
  }
  const form = new FormData();
  form.set('file', new Blob([`${typed.file}\n`.repeat(20)], { type: 'text/plain' }), typed.fileName);
  const headers = { ...showing(filed.body.receipt), 'idempotency-key': randomUUID() };
  expect((await fetch(`${own}/files`, { method: 'POST', headers, body: form })).status).toBe(201);
  return filed.body;
}

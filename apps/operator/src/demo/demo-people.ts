import type { PasswordCost } from '@recourse/vault';

/** An invented member of staff of the demo workspace. The passwords are public: the embedded, non-production mode only. */
export interface DemoPerson {
  readonly signInName: string;
  readonly displayName: string;
  readonly email: string;
  readonly role: 'officer' | 'supervisor' | 'director' | 'administrator';
  /** On the desk; absent for whoever is on no team and sees no case. */
  readonly teamRole?: 'member' | 'lead';
  readonly language: string;
  readonly password: string;
}

/** What one guess costs here: next to nothing, because nobody has to guess what is printed. The first start is two seconds sooner. */
export const DEMO_PASSWORD_COST: PasswordCost = { opslimit: 1, memlimit: 1024 * 1024 };

/** Two officers, a supervisor, a director and an administrator. Nobody of these names is known to us. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    signInName: 'maren',
    displayName: 'Maren Oduya',
    email: 'maren.oduya@recourse.example',
    role: 'officer',
    teamRole: 'member',
    language: 'en',
    password: 'amber-lantern-officer-1',
  },
  {
    signInName: 'tomas',
    displayName: 'Tomas Belkacem',
    email: 'tomas.belkacem@recourse.example',
    role: 'officer',
    teamRole: 'member',
    language: 'en',
    password: 'cedar-window-officer-2',
  },
  {
    signInName: 'ilse',
    displayName: 'Ilse Varga-Mensah',
    email: 'ilse.varga-mensah@recourse.example',
    role: 'supervisor',
    teamRole: 'lead',
    language: 'en',
    password: 'quiet-harbour-supervisor-3',
  },
  {
    signInName: 'joaquim',
    displayName: 'Joaquim Feld',
    email: 'joaquim.feld@recourse.example',
    role: 'director',
    teamRole: 'member',
    language: 'en',
    password: 'granite-river-director-4',
  },
  {
    signInName: 'solvei',
    displayName: 'Solvei Anand-Ruiz',
    email: 'solvei.anand-ruiz@recourse.example',
    role: 'administrator',
    language: 'en',
    password: 'willow-ledger-admin-5',
  },
];

/** An invented company of the demo workspace. */
export interface DemoCompany {
  readonly name: string;
  readonly country: string;
  readonly membership: 'member' | 'former_member' | 'not_member';
  readonly memberFrom?: string;
  readonly memberUntil?: string;
}

/** Companies that do not exist; each says so in its name. */
export const DEMO_COMPANIES: readonly DemoCompany[] = [
  { name: 'Harrowgate Watch Ltd (fictional)', country: 'GB', membership: 'member', memberFrom: '2019-04-01' },
  { name: 'Rempart du Fleuve SARL (fictional)', country: 'SN', membership: 'member', memberFrom: '2021-09-15' },
  { name: 'Vigía del Páramo S.A. (fictional)', country: 'EC', membership: 'member', memberFrom: '2018-01-10' },
  {
    name: 'Al Sadd Gate Guarding (fictional)',
    country: 'AE',
    membership: 'former_member',
    memberFrom: '2017-03-01',
    memberUntil: '2025-06-30',
  },
  { name: 'Atalaia Costeira, Lda (fictional)', country: 'AO', membership: 'member', memberFrom: '2020-11-01' },
  { name: 'Ngome Patrol Services (fictional)', country: 'TZ', membership: 'not_member' },
];

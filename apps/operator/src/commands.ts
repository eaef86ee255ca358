import type { Command } from './command';
import { calendarCheck, calendarPreview, calendarPublish } from './commands/calendar';
import { calendarList, calendarShow } from './commands/calendar-list';
import { companyAdd } from './commands/company-add';
import { migrate } from './commands/migrate';
import { procedureCheck } from './commands/procedure';
import { procedureDiff } from './commands/procedure-diff';
import { procedureList, procedureShow } from './commands/procedure-list';
import { procedurePublish } from './commands/procedure-publish';
import { procedureSimulate } from './commands/procedure-simulate';
import { procedureUse } from './commands/procedure-use';
import { procedureMove } from './commands/procedure-move';
import { secretsReplace } from './commands/secrets-replace';
import { seedDemo } from './commands/seed-demo';
import { setup } from './commands/setup';
import { staffAdd } from './commands/staff-add';
import { staffAdmit } from './commands/staff-admit';
import { stuckCases } from './commands/stuck-cases';
import { verifyRecord } from './commands/verify-record';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  migrate,
  setup,
  staffAdd,
  staffAdmit,
  companyAdd,
  procedureList,
  procedureShow,
  procedureCheck,
  procedureDiff,
  procedureSimulate,
  procedurePublish,
  procedureUse,
  procedureMove,
  calendarCheck,
  calendarPreview,
  calendarPublish,
  calendarList,
  calendarShow,
  secretsReplace,
  verifyRecord,
  stuckCases,
  seedDemo,
];

export { type FilingLookups, insertFiledCase } from './filed-case';
export { type CaseWithTrack, type Desk, insertCaseWithTrack, insertDesk } from './given-case';
export { Given, GIVEN_COMPLAINT, type GivenCase } from './given/given';
export { CALENDARS_FOLDER, GIVEN_PASSWORD, type GivenInstitution, givenInstitution, givenRules, remedyText } from './given/institution';
export { aCaseFile, aDeadline, anEvent, aProcedureVersion, aReceipt, aStaffMember, aTeam, aTrack, bytes, ROW_INSTANT } from './rows';
export { createTestDatabase, testDatabase, TestDatabase, type TestRole } from './test-database';
export { freePort, hasTestRedis, startTestRedis, type TestRedis } from './test-redis';
export { TEST_PASSWORDS } from './test-settings';
export { waitFor } from './wait-for';

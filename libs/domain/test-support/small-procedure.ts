/**
 * A small good procedure with one of everything that a document can hold. The tests break it in one place at a time.
 */
export const SMALL_PROCEDURE = `procedure: small
version: 1
title: { en: Small, ar: صغير }
languages: [en, ar]
calendar: geneva
initial: open
facts:
  consent_to_notify_company: { en: Consent is given, ar: أُعطيت الموافقة }
outcomes:
  done:
    staffName: { en: Done, ar: تم }
    publicName: { en: It is done, ar: تم ذلك }
  dropped:
    staffName: { en: Dropped, ar: متروك }
    publicName: { en: It was dropped, ar: تُرك }
stages:
  open:
    staffName: { en: Open, ar: مفتوح }
    publicName: { en: Open, ar: مفتوح }
    publicMeaning: { en: Open it is, ar: مفتوح الآن }
    publicNext: { en: Then it ends, ar: ثم ينتهي }
    clocks:
      answer:
        name: { en: Answer, ar: الجواب }
        within: 5 working_days
        warnBefore: [2 working_days, 1 working_day]
        ladder:
          - { after: 1 working_day, tell: [assignee, desk] }
          - { after: 3 working_days, tell: supervisor }
        repeatEvery: 2 working_days
  waiting:
    staffName: { en: Waiting, ar: انتظار }
    publicName: { en: Waiting, ar: انتظار }
    publicMeaning: { en: We wait, ar: ننتظر }
    publicNext: { en: Then it goes on, ar: ثم يستمر }
    clocks:
      patience:
        name: { en: Wait for them, ar: انتظارهم }
        within: 30 calendar_days
        calendar: gulf
        ladder:
          - { after: 5 working_days, tell: director }
  finished:
    end: true
    staffName: { en: Finished, ar: منتهٍ }
    publicName: { en: Finished, ar: منتهٍ }
    publicMeaning: { en: It is over, ar: انتهى }
    publicNext: { en: Nothing more, ar: لا شيء بعد }
actions:
  ask:
    name: { en: Ask, ar: اسأل }
    from: open
    to: waiting
    roles: [officer, supervisor]
    clocks: pause
    message: required
  answered:
    name: { en: Answered, ar: أُجيب }
    from: waiting
    to: open
    roles: system
    trigger: complainant_wrote
    clocks: resume
  go_on:
    name: { en: Go on, ar: استمر }
    from: waiting
    to: open
    roles: officer
    clocks: resume
  note:
    name: { en: Note, ar: دوّن }
    from: [open, waiting]
    to: same
    roles: officer
    establishes: consent_to_notify_company
    inputs:
      company:
        type: company
        label: { en: Company, ar: الشركة }
      way:
        type: choice
        label: { en: Which way, ar: بأي طريقة }
        choices:
          letter: { en: Letter, ar: رسالة }
          visit: { en: Visit, ar: زيارة }
      seen_on:
        type: date
        notInFuture: true
        label: { en: Seen on, ar: يوم }
      what:
        type: long_text
        limit: 20
        required: false
        label: { en: What, ar: ماذا }
  finish:
    name: { en: Finish, ar: أنهِ }
    from: open
    to: finished
    roles: [supervisor]
    guards: [company_named, consent_to_notify_company]
    outcomes: [done, dropped]
    reason: required
  give_up:
    name: { en: Give up, ar: اترك }
    from: [open, waiting]
    to: finished
    roles: [supervisor]
    outcomes: dropped
    reason: optional
`;

/** The small procedure, with one of everything that it leaves out: clocks across stages, a second person, changes of single clocks, what is automatic. */
export const FULL_PROCEDURE = SMALL_PROCEDURE.replace('procedure: small', 'procedure: full')
  .replace(
    'outcomes:\n',
    `note: { en: Set your own days, ar: حدّد أيامك }
clocks:
  whole:
    name: { en: Finish it all, ar: إنهاء كل شيء }
    within: 3 months
    startsOn: track_opened
    pausesIn: waiting
    ladder:
      - { after: 1 working_day, tell: supervisor, through: [email, board], otherwise: director }
  feedback:
    name: { en: Tell them, ar: إبلاغهم }
    publicName: { en: You hear from us, ar: تسمع منا }
    within: 10 working_days
    startsOn: note
    stopsIn: waiting
    ladder:
      - { after: 1 working_day, tell: supervisor, through: board }
outcomes:
`,
  )
  .replace('[company_named, consent_to_notify_company]', '[company_named, consent_to_notify_company, no_open_sub_track]')
  .replace(
    'outcomes: [done, dropped]\n',
    `outcomes: [done, dropped]
    approval: { roles: [director], within: 3 working_days }
`,
  )
  .replace(
    '  finish:\n',
    `  hold:
    name: { en: Wait for the court, ar: انتظر المحكمة }
    from: open
    to: same
    roles: officer
    reason: required
    changesClocks:
      answer: { pause: 2 months }
  release:
    name: { en: Go on after the court, ar: استمر بعد المحكمة }
    from: open
    to: same
    roles: officer
    changesClocks: { answer: resume }
  prolong:
    name: { en: Take longer, ar: خذ وقتاً أطول }
    from: [open, waiting]
    to: same
    roles: officer
    reason: required
    message: required
    changesClocks:
      whole: { extend: 1 month, times: 2 }
  appeal:
    name: { en: Open an appeal, ar: افتح استئنافاً }
    from: open
    to: same
    roles: officer
    reason: required
    message: required
    opens: full
    tellsStaff: [supervisor]
    changesClocks: { answer: restart }
  nobody_answered:
    name: { en: Nobody answered, ar: لم يجب أحد }
    from: waiting
    to: open
    roles: system
    trigger: clock_ran_out
    onClock: patience
    clocks: resume
  finish:
`,
  );

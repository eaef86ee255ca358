import type { DemoLife } from './demo-step';

const SCREENING = { risk: 'raised', conflict_of_interest: 'none' };

/**
 * The lives of the ten complaints: every stage that matters is there, two are due soon, one was forgotten and has climbed the whole ladder.
 */
export const DEMO_LIVES: readonly DemoLife[] = [
  {
    code: 'ferry-landing',
    filedDaysAgo: 200,
    steps: [
      { daysAgo: 197, does: 'take', by: 'maren' },
      {
        daysAgo: 197,
        does: 'act',
        by: 'maren',
        action: 'acknowledge',
        message:
          'Obrigada por nos ter escrito. Li a sua queixa hoje. Nos próximos dias vemos se a podemos seguir. O seu primo está a ser tratado? Há alguém em perigo neste momento?',
      },
      {
        daysAgo: 195,
        does: 'complainant_writes',
        body: 'Ele está em casa da irmã. A mão foi operada mas falta pagar. Não há perigo agora, mas ninguém quer voltar ao cais.',
      },
      { daysAgo: 193, does: 'act', by: 'maren', action: 'begin_screening', inputs: SCREENING },
      { daysAgo: 184, does: 'act', by: 'maren', action: 'name_company', inputs: { company: '@company Atalaia Costeira, Lda (fictional)' } },
      {
        daysAgo: 180,
        does: 'act',
        by: 'maren',
        action: 'declare_admissible',
        reason:
          'The company was a member on the day. A shot that broke a hand, a recording deleted: rules for the use of force and incident reporting.',
        message:
          'Podemos seguir a sua queixa. O passo seguinte é falar com a empresa, mas só se concordar. Podemos dizer-lhe o seu nome, ou prefere que não?',
      },
      { daysAgo: 178, does: 'complainant_writes', body: 'Pode dizer o meu nome e o do meu primo. Já toda a gente sabe que fomos nós.' },
      {
        daysAgo: 176,
        does: 'act',
        by: 'maren',
        action: 'record_consent',
        inputs: { given_by: 'message', may_be_told: 'Everything, both names included. Not the names of those who saw it.' },
      },
      {
        daysAgo: 174,
        does: 'act',
        by: 'maren',
        action: 'engage_company',
        inputs: { way: 'good_offices', told: 'What is alleged, both names, and the request for the report on the shot.' },
      },
      {
        daysAgo: 104,
        does: 'act',
        by: 'maren',
        action: 'record_agreement',
        inputs: {
          agreed_on: '@day',
          terms:
            'The company pays the operation and four months of income, hands over its report, and says in writing that nobody reached for a weapon.',
        },
        message: 'A empresa assinou hoje o acordo de que falámos ao telefone. Escreva-nos logo se alguma parte não for cumprida.',
      },
      {
        daysAgo: 41,
        does: 'complainant_writes',
        body: 'Pagaram tudo. A carta com a verdade chegou na semana passada, li-a em voz alta no mercado.',
      },
      {
        daysAgo: 6,
        does: 'act',
        by: 'ilse',
        action: 'close_with_remedy',
        outcome: 'agreement_implemented',
        reason: 'All three parts were delivered; the complainant confirmed each of them in writing.',
        message:
          'Fechamos hoje a sua queixa, porque a empresa fez o que prometeu. Pode continuar a ler tudo aqui com o seu número. Se algo de novo acontecer, pode sempre fazer outra queixa.',
      },
    ],
  },
  {
    code: 'cameras-over-the-springs',
    filedDaysAgo: 76,
    steps: [
      { daysAgo: 74, does: 'take', by: 'tomas' },
      {
        daysAgo: 74,
        does: 'act',
        by: 'tomas',
        action: 'acknowledge',
        message: 'Gracias por su informe. Lo he leído completo. Guarden las cámaras selladas como hasta ahora; no hace falta enviarlas.',
      },
      { daysAgo: 71, does: 'act', by: 'tomas', action: 'begin_screening', inputs: { ...SCREENING, risk: 'serious' } },
      { daysAgo: 63, does: 'act', by: 'tomas', action: 'name_company', inputs: { company: '@company Vigía del Páramo S.A. (fictional)' } },
      {
        daysAgo: 60,
        does: 'act',
        by: 'tomas',
        action: 'declare_admissible',
        reason: 'Member company, inventory labels on three cameras, nicknames of leaders as folder names.',
        message: 'Podemos continuar. Antes de hablar con la empresa necesitamos su acuerdo por escrito: ¿qué podemos contarle y qué no?',
      },
      {
        daysAgo: 58,
        does: 'complainant_writes',
        body: 'Pueden contar todo menos el lugar exacto donde se encontró la cámara número cuatro y quién la encontró.',
      },
      {
        daysAgo: 57,
        does: 'act',
        by: 'tomas',
        action: 'record_consent',
        inputs: { given_by: 'message', may_be_told: 'Everything but where camera four was found and by whom.' },
      },
      {
        daysAgo: 55,
        does: 'act',
        by: 'tomas',
        action: 'engage_company',
        inputs: { way: 'mediation', told: 'Seven cameras on communal springs, three with its labels. Not camera four.' },
      },
      {
        daysAgo: 19,
        does: 'act',
        by: 'tomas',
        action: 'record_agreement',
        inputs: {
          agreed_on: '@day',
          terms:
            'All cameras outside the fence are taken down within ten days, recordings are destroyed before witnesses, the client who asked is named.',
        },
        message:
          'Hoy quedó firmado lo que conversamos en la mediación. Les avisaremos de cada paso; escríbannos si ven alguna cámara nueva.',
      },
    ],
  },
  {
    code: 'night-bonus',
    filedDaysAgo: 62,
    steps: [
      { daysAgo: 60, does: 'take', by: 'tomas' },
      {
        daysAgo: 60,
        does: 'act',
        by: 'tomas',
        action: 'acknowledge',
        message:
          'Merci de nous avoir écrit. J’ai lu votre plainte. Nous n’appellerons pas ; tout passera par cette page, quand vous le pourrez.',
      },
      { daysAgo: 56, does: 'act', by: 'tomas', action: 'begin_screening', inputs: SCREENING },
      { daysAgo: 48, does: 'act', by: 'tomas', action: 'name_company', inputs: { company: '@company Rempart du Fleuve SARL (fictional)' } },
      {
        daysAgo: 41,
        does: 'act',
        by: 'tomas',
        action: 'declare_admissible',
        reason: 'Pay, hours and a contract not renewed after a complaint, at a member company.',
        message:
          'Nous pouvons aller plus loin. Voulez-vous que nous parlions à la société ? Nous pouvons le faire sans donner votre nom ni votre dépôt.',
      },
      {
        daysAgo: 37,
        does: 'complainant_writes',
        body: 'Oui, mais sans mon nom et sans dire quel dépôt. Dites « plusieurs sites », c’est vrai aussi.',
      },
      {
        daysAgo: 36,
        does: 'act',
        by: 'tomas',
        action: 'record_consent',
        inputs: { given_by: 'message', may_be_told: 'Night bonus and hours on several sites. No name, no site, not the colleague.' },
      },
      {
        daysAgo: 33,
        does: 'act',
        by: 'tomas',
        action: 'engage_company',
        inputs: {
          way: 'company_mechanism',
          told: 'That night bonuses and hours on several sites do not match the law or its own handbook.',
        },
        message:
          'Nous avons écrit à la société aujourd’hui, comme convenu. Dites-nous tout de suite si quelque chose change pour vous au travail.',
      },
      {
        daysAgo: 3,
        does: 'complainant_writes',
        body: 'On nous a fait signer une nouvelle feuille d’heures hier. J’en ai gardé une photo, est-ce que je l’envoie ?',
      },
    ],
  },
  {
    code: 'complaints-box',
    filedDaysAgo: 34,
    steps: [
      { daysAgo: 32, does: 'take', by: 'tomas' },
      {
        daysAgo: 32,
        does: 'act',
        by: 'tomas',
        action: 'acknowledge',
        message:
          'Thank you for writing. I have read it today. I am sorry that it took two mechanisms to be heard. You will hear from me here within four weeks.',
      },
      { daysAgo: 29, does: 'act', by: 'tomas', action: 'begin_screening', inputs: SCREENING },
      { daysAgo: 20, does: 'act', by: 'tomas', action: 'name_company', inputs: { company: '@company Harrowgate Watch Ltd (fictional)' } },
      {
        daysAgo: 9,
        does: 'act',
        by: 'tomas',
        action: 'declare_admissible',
        reason: 'A mechanism that tells the manager who complained is itself what the Code forbids.',
        message:
          'We can take this further: a complaint about how a company handles complaints counts by itself. May we tell the company that it is you?',
      },
    ],
  },
  {
    code: 'forest-path-dogs',
    filedDaysAgo: 27,
    steps: [
      { daysAgo: 25, does: 'take', by: 'maren' },
      {
        daysAgo: 25,
        does: 'act',
        by: 'maren',
        action: 'acknowledge',
        message:
          'Thank you for telling us. I have read every word. You do not need to give us any name. Has your neighbour seen a nurse again since then?',
      },
      { daysAgo: 22, does: 'act', by: 'maren', action: 'begin_screening', inputs: SCREENING },
      {
        daysAgo: 16,
        does: 'act',
        by: 'maren',
        action: 'ask_for_information',
        message: 'One question, if it is safe to answer: was there any word or picture on the green armband, or on the motorbikes?',
      },
      {
        daysAgo: 13,
        does: 'complainant_writes',
        moves: true,
        body: 'There is a picture on the armband, a leaf with an eye in it. My neighbour walks again but with a stick. The nurse says the vaccine is in the town only.',
      },
      {
        daysAgo: 12,
        does: 'write_to_complainant',
        by: 'maren',
        body: 'That helps very much, thank you. There is a clinic in the town that gives the vaccine without payment; ask for the mission nurse. We go on looking for who they are.',
      },
    ],
  },
  {
    code: 'wrong-face',
    filedDaysAgo: 21,
    steps: [
      { daysAgo: 19, does: 'take', by: 'maren' },
      {
        daysAgo: 19,
        does: 'act',
        by: 'maren',
        action: 'acknowledge',
        message:
          'Gracias por escribirnos. Lo que cuenta es grave y lo he leído con atención. Vemos primero a qué empresa pertenecen esos chalecos.',
      },
      { daysAgo: 15, does: 'act', by: 'maren', action: 'begin_screening', inputs: SCREENING },
      {
        daysAgo: 4,
        does: 'act',
        by: 'maren',
        action: 'refuse_and_refer',
        outcome: 'outside_mandate',
        reason: 'The guards are municipal employees and not of a company; nobody in the association works at that terminal.',
        inputs: { referred_to: 'human_rights_institution' },
        message:
          'Los guardias de la terminal son empleados municipales, y nosotros solo podemos actuar con empresas. No es que dudemos de usted. La defensoría de los derechos humanos de su ciudad recibe estas quejas sin costo, también de menores, y puede exigir que borren la cara de su sobrina. Lleve copia de esta carta.',
      },
    ],
  },
  {
    code: 'locked-in-the-store',
    filedDaysAgo: 17,
    steps: [{ daysAgo: 0.1, does: 'nothing' }],
  },
  {
    code: 'water-queue',
    filedDaysAgo: 13,
    steps: [
      { daysAgo: 12, does: 'take', by: 'maren' },
      {
        daysAgo: 12,
        does: 'act',
        by: 'maren',
        action: 'acknowledge',
        message: 'Thank you for carrying this for them. I have read it. Nobody will be asked to tell it again.',
      },
      { daysAgo: 10, does: 'act', by: 'maren', action: 'begin_screening', inputs: { ...SCREENING, risk: 'serious' } },
      {
        daysAgo: 8,
        does: 'act',
        by: 'maren',
        action: 'ask_for_information',
        message:
          'Would it help the three of them if the searches stopped this week, before anything else is decided, even if the guard may guess why? Only they can say.',
      },
    ],
  },
  {
    code: 'two-registers',
    filedDaysAgo: 7,
    steps: [
      {
        daysAgo: 5,
        does: 'act',
        by: 'tomas',
        action: 'acknowledge',
        message: 'Merci. Nous avons lu votre lettre. Ne prenez aucun risque pour d’autres photos : ce que vous avez suffit pour commencer.',
      },
    ],
  },
  { code: 'kept-papers', filedDaysAgo: 2, steps: [] },
];

import type { Complaint } from '@recourse/cases';

/** One complaint of the demo workspace. Invented, like every person, place and company in it. */
export interface DemoComplaint {
  /** Stable name inside the seed: the idempotency key is made from it, so that seeding twice files once. */
  readonly code: string;
  readonly channel: 'web_form' | 'api' | 'partner' | 'email' | 'officer_phone' | 'post' | 'in_person';
  readonly complaint: Complaint;
}

/**
 * Ten complaints in six languages, patterned after what such mechanisms receive. Days of incidents are old enough on every machine's calendar, and never
 * computed from today: the same complaint must be the same bytes when the seed runs again.
 */
export const DEMO_COMPLAINTS: readonly DemoComplaint[] = [
  {
    code: 'forest-path-dogs',
    channel: 'web_form',
    complaint: {
      language: 'en',
      kind: 'harm',
      anonymity: 'anonymous',
      country: 'LR',
      incidentWhen: 'On a market day, just after the first rains',
      place: 'The footpath behind the oil palm nursery',
      companyDescription: 'Brown shirts with a green armband. Two motorbikes without numbers. I do not know the company.',
      narrative:
        'We use the path behind the nursery to carry cassava to the market, as our mothers did. That morning four guards stood there with a dog on a ' +
        'long rope. They said the path is closed and we should go round, which is three hours. While we were still talking the rope was let go. The dog ' +
        'bit my neighbour in the leg and she fell with her load. One guard laughed and filmed it. They kept two bags of cassava. The nurse cleaned the ' +
        'wound but there was no vaccine. I do not give our names because my husband weeds for the same estate.',
      remedySought: 'The vaccine and the treatment paid. The path open again on market days. No dogs where people walk.',
    },
  },
  {
    code: 'night-bonus',
    channel: 'web_form',
    complaint: {
      language: 'fr',
      kind: 'harm',
      anonymity: 'confidential',
      country: 'SN',
      name: 'A. (nom connu du bureau)',
      incidentWhen: 'Depuis le changement de chef d’exploitation, au printemps',
      place: 'Le dépôt de ciment près du port sec',
      companyDescription: 'Rempart du Fleuve SARL (société fictive)',
      narrative:
        'Je garde le dépôt de nuit depuis six ans. Depuis le printemps la prime de nuit a disparu du bulletin et l’on nous demande de signer une feuille ' +
        'qui dit que nous faisons huit heures, alors que la relève arrive après onze heures. Ceux qui refusent de signer sont affectés à un poste sans ' +
        'abri. Mon collègue s’est plaint au délégué, son contrat n’a pas été renouvelé. On retient aussi le prix des bottes chaque mois, toujours les mêmes bottes.',
      remedySought: 'La prime depuis le printemps, une pointeuse honnête, et que mon collègue retrouve sa place.',
      safeToReply: 'Pas d’appel pendant le service. Un message suffit.',
      contact: { email: 'gardien.depot@courrier.example', neutral: true, language: 'en' },
    },
  },
  {
    code: 'cameras-over-the-springs',
    channel: 'partner',
    complaint: {
      language: 'es',
      kind: 'credible_evidence',
      anonymity: 'open',
      country: 'EC',
      name: 'Mesa de Agua del Páramo (organización inventada)',
      incidentOn: '2025-06-30',
      place: 'Las vertientes comunales sobre la cantera',
      companyDescription: 'Vigía del Páramo S.A. (ficticia)',
      narrative:
        'Acompañamos a cinco comunidades que se oponen a la ampliación de una cantera. Entre mayo y junio encontramos siete cámaras de caza atadas a los ' +
        'árboles en las vertientes donde las mujeres lavan, a más de un kilómetro del predio. Tres llevan la etiqueta de inventario de la empresa de ' +
        'seguridad. En una tarjeta de memoria hay carpetas con apodos de dirigentes. No entregamos los nombres de quienes las hallaron. Conservamos las cámaras ' +
        'selladas ante notario y podemos mostrarlas.',
      remedySought: 'Que retiren todas las cámaras, que entreguen y borren las imágenes y que expliquen por escrito quién las pidió.',
    },
  },
  {
    code: 'kept-papers',
    channel: 'web_form',
    complaint: {
      language: 'ar',
      kind: 'harm',
      anonymity: 'anonymous',
      country: 'AE',
      incidentWhen: 'منذ وصولي قبل أربعة عشر شهراً',
      place: 'سكن العمال خلف مستودعات السوق الكبير',
      companyDescription: 'شركة السد لحراسة البوابات (شركة خيالية)',
      narrative:
        'جئت لأعمل حارساً في مستودع. في المطار أخذ المندوب جواز سفري وقال إنه للتسجيل فقط، ولم أره بعد ذلك. وعدونا بثماني ساعات وغرفة لأربعة أشخاص، ' +
        'ونحن نعمل أربع عشرة ساعة وننام تسعة في غرفة واحدة بلا تكييف. كل شهر يُخصم من الراتب مبلغ لا أفهمه ويقولون إنه دين السفر. ' +
        'طلبت ورقة بالحساب فقال المشرف إن من يسأل يُعاد إلى بلده بلا مال. أخاف أن أسأل مرة أخرى.',
      remedySought: 'أن يعيدوا جواز سفري، وأن يعطونا كشفاً بالحساب وما خُصم بغير حق، وألا يُعاقب أحد بسبب هذه الشكوى.',
    },
  },
  {
    code: 'locked-in-the-store',
    channel: 'officer_phone',
    complaint: {
      language: 'sw',
      kind: 'harm',
      anonymity: 'confidential',
      country: 'TZ',
      name: 'Mama wa kijana (jina halisi linajulikana ofisini)',
      incidentWhen: 'Wiki ya pili baada ya mavuno',
      place: 'Ghala la mbolea kando ya mashamba ya chai',
      companyDescription: 'Walinzi wenye kofia nyekundu, gari jeupe lenye picha ya ngome',
      affected: 'Binti yangu mwenye miaka kumi na sita',
      narrative:
        'Binti yangu alikwenda kuokota kuni kando ya shamba la chai. Walinzi wawili walisema ameiba majani ya chai. Walimpeleka kwenye ghala la mbolea ' +
        'wakamfungia mchana kutwa, bila chakula, na harufu ya dawa ilimfanya atapike. Walimwachia jioni baada ya mimi kulipa pesa bila risiti. ' +
        'Hawakuita polisi wala mwenyekiti wa kijiji. Tangu siku hiyo anakohoa usiku na haendi shule.',
      remedySought: 'Pesa zangu zirudishwe, binti atibiwe, na walinzi wale wasikae tena karibu na watoto.',
    },
  },
  {
    code: 'ferry-landing',
    channel: 'web_form',
    complaint: {
      language: 'pt',
      kind: 'harm',
      anonymity: 'open',
      country: 'AO',
      name: 'D. (nome inventado)',
      incidentOn: '2025-02-21',
      place: 'O cais das barcaças, do lado do mercado de peixe',
      companyDescription: 'Atalaia Costeira, Lda (empresa fictícia)',
      narrative:
        'Estávamos a descarregar gelo no cais quando a barreira fechou mais cedo. As pessoas queriam passar para apanhar a última barcaça e começaram a ' +
        'gritar. Um vigilante disparou duas vezes para o ar e a terceira vez não foi para o ar: a bala partiu a mão do meu primo. O chefe mandou apagar as imagens ' +
        'da câmara à nossa frente. No dia seguinte disseram que ele tinha tentado tirar a arma a alguém. Há mais de vinte pessoas que viram.',
      remedySought: 'Que a empresa diga a verdade, pague a operação da mão e o tempo sem trabalho, e mostre o relatório do disparo.',
      contact: { email: 'cais.primo@correio.example', neutral: false, language: 'en' },
    },
  },
  {
    code: 'water-queue',
    channel: 'partner',
    complaint: {
      language: 'en',
      kind: 'harm',
      anonymity: 'confidential',
      country: 'UG',
      name: 'Legal aid desk (invented), for three women',
      incidentWhen: 'Over the dry months of this year',
      place: 'The tap stand inside the fence of a transit site',
      companyDescription: 'Harrowgate Watch Ltd (fictional)',
      affected: 'Three women who live at the site. Each has signed her own mandate.',
      narrative:
        'The guards decide who fills a can first. Three women told our desk, in separate talks, that the night guard lets them skip the queue if they come to ' +
        'the hut. One went. One stopped fetching water after dark and her children drink from the ditch. The third shouted at him and has since been searched ' +
        'by hand every morning by the same man. All three ask that their names stay with us. They will answer questions in writing, once, through our ' +
        'woman colleague.',
      remedySought: 'Another guard at the tap, a woman for searches, and care for the one who went, without her having to tell it again.',
    },
  },
  {
    code: 'complaints-box',
    channel: 'email',
    complaint: {
      language: 'en',
      kind: 'company_mechanism',
      anonymity: 'open',
      country: 'GB',
      name: 'R. Quillfeather (invented)',
      incidentOn: '2025-05-04',
      companyDescription: 'Harrowgate Watch Ltd (fictional)',
      narrative:
        'The company has a box for complaints in the canteen and a hotline. I used the hotline because the box hangs next to the manager’s table. I was given a ' +
        'number and told that somebody would ring in ten days. In the fifth week the site manager asked me, in front of the whole shift, whether my “little ' +
        'number” had helped. My next three rosters were all weekends. I have written twice to the address in the handbook and both mails came back.',
      remedySought:
        'A mechanism that does not report to the site manager, a roster like everybody’s, and an answer to what I first complained about.',
    },
  },
  {
    code: 'wrong-face',
    channel: 'web_form',
    complaint: {
      language: 'es',
      kind: 'harm',
      anonymity: 'confidential',
      country: 'GT',
      name: 'La tía (nombre reservado)',
      incidentWhen: 'Hace tres semanas, y otra vez la semana pasada',
      place: 'La terminal de buses nueva',
      companyDescription: 'Chalecos azules con un faro amarillo; no sé el nombre de la empresa',
      affected: 'Mi sobrina, de diecisiete años',
      narrative:
        'En la terminal hay una pantalla que marca a la gente con un cuadro rojo. Marcó a mi sobrina como una mujer buscada por hurto. Dos guardias la llevaron a ' +
        'un cuarto, le vaciaron la mochila y le revisaron el teléfono sin permiso durante una hora. Perdió el bus y el examen. Cuando vieron que no era ' +
        'ella dijeron que la máquina manda. La semana pasada la marcó otra vez.',
      remedySought: 'Que saquen su cara de esa lista, que le paguen el examen y que un ser humano mire antes de encerrar a alguien.',
    },
  },
  {
    code: 'two-registers',
    channel: 'post',
    complaint: {
      language: 'fr',
      kind: 'credible_evidence',
      anonymity: 'anonymous',
      country: 'CI',
      incidentWhen: 'Pendant la dernière campagne de récolte',
      place: 'Les magasins de cacao au bord de la piste',
      companyDescription: 'Rempart du Fleuve SARL (société fictive)',
      narrative:
        'J’ai tenu les plannings des magasins. Il y a deux cahiers : celui que l’on montre aux visiteurs et l’autre. Dans l’autre, cinq gardiens de nuit sont ' +
        'des garçons de quinze et seize ans, recrutés au marché, payés en sacs de riz. L’un d’eux porte une machette et un vieux fusil qui ne lui ont ' +
        'jamais été appris. Quand un contrôle est annoncé, ils dorment trois jours au campement. J’ai photographié les deux cahiers.',
      remedySought: 'Un contrôle sans rendez-vous, de nuit, et que ces garçons retournent à l’école avec leur paie.',
    },
  },
];

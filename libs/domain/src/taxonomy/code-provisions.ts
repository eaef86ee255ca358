import type { Wording } from '../procedures/procedure';

/** The edition of the International Code of Conduct whose paragraphs these are: as amended on 10 December 2021. */
export const CODE_EDITION = 'icoc_2021';

/** The two sections of the Code that can be breached. */
export const CODE_SECTIONS = ['personnel_conduct', 'management_and_governance'] as const;
/** One of {@link CODE_SECTIONS}: F, conduct of personnel; G, management and governance. */
export type CodeSection = (typeof CODE_SECTIONS)[number];

/** A provision of the Code: one paragraph, or several about the same matter. */
export interface CodeProvision {
  /** Stable: the first paragraph, as in `p35`. */
  readonly code: string;
  readonly section: CodeSection;
  readonly firstParagraph: number;
  readonly lastParagraph: number;
  readonly title: Wording;
}

/**
 * What can be alleged, by paragraph of the Code. What a person said, what the officer coded and what was found are three separate facts; nobody who was
 * harmed is asked to choose from this list.
 */
export const CODE_PROVISIONS: readonly CodeProvision[] = [
  ...provisions('personnel_conduct', [
    [28, 28, 'General conduct', 'السلوك العام'],
    [29, 29, 'Rules for the use of force', 'قواعد استخدام القوة'],
    [30, 32, 'Use of force', 'استخدام القوة'],
    [33, 33, 'Detention', 'الاحتجاز'],
    [34, 34, 'Apprehending persons', 'القبض على الأشخاص'],
    [35, 37, 'Torture and cruel, inhuman or degrading treatment', 'التعذيب والمعاملة القاسية أو اللاإنسانية أو المهينة'],
    [38, 38, 'Sexual exploitation and abuse, gender-based violence', 'الاستغلال والاعتداء الجنسيان والعنف القائم على نوع الجنس'],
    [39, 39, 'Human trafficking', 'الاتجار بالبشر'],
    [40, 40, 'Slavery and forced labour', 'الرق والعمل القسري'],
    [41, 41, 'Worst forms of child labour', 'أسوأ أشكال عمل الأطفال'],
    [42, 42, 'Discrimination', 'التمييز'],
    [43, 43, 'Identification and registering', 'التعريف بالهوية والتسجيل'],
  ]),
  ...provisions('management_and_governance', [
    [44, 44, 'The Code in company policies', 'إدراج المدونة في سياسات الشركة'],
    [45, 49, 'Selection and vetting of personnel', 'اختيار العاملين والتحري عنهم'],
    [50, 51, 'Selection and vetting of subcontractors', 'اختيار المتعاقدين من الباطن والتحري عنهم'],
    [52, 54, 'Company policies and personnel contracts', 'سياسات الشركة وعقود العاملين'],
    [55, 55, 'Training of personnel', 'تدريب العاملين'],
    [56, 58, 'Management of weapons', 'إدارة الأسلحة'],
    [59, 59, 'Weapons training', 'التدريب على الأسلحة'],
    [60, 62, 'Management of materiel of war', 'إدارة العتاد الحربي'],
    [63, 63, 'Incident reporting', 'الإبلاغ عن الحوادث'],
    [64, 64, 'Safe and healthy working environment', 'بيئة عمل آمنة وصحية'],
    [65, 65, 'Harassment', 'المضايقة'],
    [66, 68, 'Grievance procedures', 'إجراءات التظلم'],
    [69, 69, 'Meeting liabilities', 'الوفاء بالالتزامات المالية'],
  ]),
];

/** What runs across the paragraphs: a tag beside them, never instead of them. */
export const CROSS_CUTTING_TAGS = ['fair_employment', 'just_energy_transition', 'technology'] as const;
/** One of {@link CROSS_CUTTING_TAGS}. */
export type CrossCuttingTag = (typeof CROSS_CUTTING_TAGS)[number];

/** The provision that holds a paragraph, or nothing outside the two sections. */
export function provisionOf(paragraph: number): CodeProvision | undefined {
  return CODE_PROVISIONS.find(({ firstParagraph, lastParagraph }) => paragraph >= firstParagraph && paragraph <= lastParagraph);
}

function provisions(section: CodeSection, rows: readonly (readonly [number, number, string, string])[]): readonly CodeProvision[] {
  return rows.map(([firstParagraph, lastParagraph, en, ar]) => ({
    code: `p${firstParagraph}`,
    section,
    firstParagraph,
    lastParagraph,
    title: { en, ar },
  }));
}

/** Names of cohorts as the children might choose them. */
export type CohortNames = [en: string, fr: string, ar: string];

export const BUTTERFLIES: CohortNames = ['Butterflies', 'Papillons', 'الفراشات'];
export const CEDARS: CohortNames = ['Cedars', 'Cèdres', 'أشجار الأرز'];
export const SWALLOWS: CohortNames = ['Swallows', 'Hirondelles', 'طيور السنونو'];
export const LITTLE_STARS: CohortNames = ['Little stars', 'Petites étoiles', 'النجوم الصغيرة'];
export const OLIVE_GROVE: CohortNames = ['Olive grove', 'Oliveraie', 'بستان الزيتون'];
export const ALMOND: CohortNames = ['Almond blossoms', 'Fleurs d’amandier', 'زهر اللوز'];
export const RIVERS: CohortNames = ['Rivers', 'Rivières', 'الأنهار'];
export const JASMINE: CohortNames = ['Jasmine', 'Jasmin', 'الياسمين'];

export const CHILDREN_NAMES: CohortNames[] = [
	['Stars', 'Étoiles', 'النجوم'],
	['Kites', 'Cerfs-volants', 'الطائرات الورقية'],
	['Bees', 'Abeilles', 'النحل'],
	['Waves', 'Vagues', 'الأمواج'],
	['Sparrows', 'Moineaux', 'العصافير'],
	['Lanterns', 'Lanternes', 'الفوانيس'],
	['Poppies', 'Coquelicots', 'شقائق النعمان']
];
export const CAREGIVER_NAMES: CohortNames[] = [
	['Pine trees', 'Pins', 'الصنوبر'],
	['Fig trees', 'Figuiers', 'أشجار التين'],
	['Springs', 'Sources', 'الينابيع']
];

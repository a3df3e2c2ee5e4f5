/** First names common in the region, Arabic and Latin script, and initials to tell people apart. */
type Name = readonly [arabic: string, latin: string];

export const GIRLS: readonly Name[] = [
	['سارة', 'Sara'],
	['لين', 'Lynn'],
	['جود', 'Joud'],
	['تالا', 'Tala'],
	['ياسمين', 'Yasmine'],
	['مريم', 'Mariam'],
	['نور', 'Nour'],
	['آية', 'Aya'],
	['رهف', 'Rahaf'],
	['ميرا', 'Mira'],
	['هدى', 'Houda'],
	['سلمى', 'Salma'],
	['ريم', 'Reem'],
	['دانا', 'Dana'],
	['لمى', 'Lama'],
	['شهد', 'Chahd'],
	['كارين', 'Karine'],
	['زينة', 'Zeina'],
	['أسيل', 'Assil'],
	['حلا', 'Hala'],
	['بتول', 'Batoul'],
	['جوري', 'Joury'],
	['ملك', 'Malak'],
	['سيلين', 'Céline']
];

export const BOYS: readonly Name[] = [
	['آدم', 'Adam'],
	['عمر', 'Omar'],
	['كريم', 'Karim'],
	['يوسف', 'Youssef'],
	['زين', 'Zein'],
	['حسن', 'Hassan'],
	['علي', 'Ali'],
	['جاد', 'Jad'],
	['رامي', 'Rami'],
	['أحمد', 'Ahmad'],
	['مارك', 'Marc'],
	['إلياس', 'Elias'],
	['وليد', 'Walid'],
	['سامر', 'Samer'],
	['نديم', 'Nadim'],
	['بلال', 'Bilal'],
	['طارق', 'Tarek'],
	['كنان', 'Kinan'],
	['أنس', 'Anas'],
	['شربل', 'Charbel'],
	['مجد', 'Majd'],
	['غيث', 'Ghaith'],
	['فارس', 'Fares'],
	['تيم', 'Taym']
];

export const WOMEN: readonly Name[] = [
	['سميرة', 'Samira'],
	['هناء', 'Hanaa'],
	['فاديا', 'Fadia'],
	['رنا', 'Rana'],
	['نجاح', 'Najah'],
	['وفاء', 'Wafaa'],
	['إيمان', 'Imane'],
	['سهى', 'Souha'],
	['جمانة', 'Joumana'],
	['خديجة', 'Khadija'],
	['ماري', 'Marie'],
	['عائشة', 'Aïcha'],
	['نوال', 'Nawal'],
	['ليلى', 'Layla'],
	['غادة', 'Ghada'],
	['ابتسام', 'Ibtissam']
];

export const INITIALS = [[...'بتجحخدرزسشصطعغفقكمنو'], [...'ABCDFGHJKMNRSTWYZ']] as const;

/** A governorate (no parent) or a district of Lebanon under its p-code. */
export interface Region {
	code: string;
	/** The governorate a district belongs to. Never read it off the code: three districts break the prefix. */
	parent: string | null;
	en: string;
	fr: string;
	ar: string;
	/** Other spellings people write in their tables. */
	aliases: readonly string[];
}

/**
 * Lebanon's 8 governorates and 26 districts. Codes, English names and parents: OCHA COD-AB, valid from
 * 2016-08-22; Arabic names as in public data sets, French ones as the country's press writes them.
 * Keserwan-Jbeil, a governorate by law since 2017, is not in that list, so its districts stay under LB3.
 */
export const LEBANON_REGIONS: readonly Region[] = [
	region('LB1', null, 'Beirut', 'Beyrouth', 'بيروت'),
	region('LB2', null, 'Bekaa', 'Békaa', 'البقاع', ['Beqaa']),
	region('LB3', null, 'Mount Lebanon', 'Mont-Liban', 'جبل لبنان'),
	region('LB4', null, 'El Nabatieh', 'Nabatiyé', 'النبطية', [
		'Nabatiye',
		'Nabatieh',
		'Nabatiyeh',
		'An Nabatiyah'
	]),
	region('LB5', null, 'North', 'Liban-Nord', 'الشمال', ['North Lebanon', 'لبنان الشمالي']),
	region('LB6', null, 'South', 'Liban-Sud', 'الجنوب', ['South Lebanon', 'لبنان الجنوبي']),
	region('LB7', null, 'Akkar', 'Akkar', 'عكار'),
	region('LB8', null, 'Baalbek-El Hermel', 'Baalbek-Hermel', 'بعلبك الهرمل', [
		'Baalbek-Hermel',
		'Baalbeck-Hermel'
	]),
	region('LB11', 'LB1', 'Beirut', 'Beyrouth', 'بيروت'),
	region('LB21', 'LB8', 'Baalbek', 'Baalbek', 'بعلبك'),
	region('LB22', 'LB8', 'El Hermel', 'Hermel', 'الهرمل', ['Hermel']),
	region('LB23', 'LB2', 'Rachaya', 'Rachaya', 'راشيا', ['Rashaya', 'Rachaiya']),
	region('LB24', 'LB2', 'West Bekaa', 'Békaa-Ouest', 'البقاع الغربي', [
		'Western Bekaa',
		'Bekaa Ouest'
	]),
	region('LB25', 'LB2', 'Zahle', 'Zahlé', 'زحلة', ['Zahleh']),
	region('LB31', 'LB3', 'Aley', 'Aley', 'عاليه', ['Aaley']),
	region('LB32', 'LB3', 'Baabda', 'Baabda', 'بعبدا'),
	region('LB33', 'LB3', 'Chouf', 'Chouf', 'الشوف', ['Shouf']),
	region('LB34', 'LB3', 'Jbeil', 'Jbeil', 'جبيل', ['Byblos', 'Jubail']),
	region('LB35', 'LB3', 'Kesrwane', 'Kesrouan', 'كسروان', ['Keserwan', 'Kesrouane']),
	region('LB36', 'LB3', 'El Meten', 'Metn', 'المتن', ['Matn', 'Metn']),
	region('LB41', 'LB4', 'Bent Jbeil', 'Bint Jbeil', 'بنت جبيل', ['Bint Jbeil', 'Bint Jubayl']),
	region('LB42', 'LB4', 'Hasbaya', 'Hasbaya', 'حاصبيا'),
	region('LB43', 'LB4', 'Marjaayoun', 'Marjayoun', 'مرجعيون', ['Marjeyoun', 'Marjayoun']),
	region('LB44', 'LB4', 'El Nabatieh', 'Nabatiyé', 'النبطية', [
		'Nabatieh',
		'Nabatiyeh',
		'Nabatiye'
	]),
	region('LB51', 'LB7', 'Akkar', 'Akkar', 'عكار'),
	region('LB52', 'LB5', 'El Batroun', 'Batroun', 'البترون', ['Batroun']),
	region('LB53', 'LB5', 'Bcharre', 'Bcharré', 'بشري', ['Bsharri', 'Becharre']),
	region('LB54', 'LB5', 'El Koura', 'Koura', 'الكورة', ['Koura']),
	region('LB55', 'LB5', 'El Minieh-Dennie', 'Minieh-Dinniyé', 'المنية - الضنية', [
		'Minieh-Danniyeh',
		'Miniyeh-Danniyeh',
		'المنية الضنية'
	]),
	region('LB56', 'LB5', 'Tripoli', 'Tripoli', 'طرابلس', ['Trablous']),
	region('LB57', 'LB5', 'Zgharta', 'Zghorta', 'زغرتا', ['Zgharta']),
	region('LB61', 'LB6', 'Saida', 'Saïda', 'صيدا', ['Sidon', 'Saidon']),
	region('LB62', 'LB6', 'Jezzine', 'Jezzine', 'جزين'),
	region('LB63', 'LB6', 'Sour', 'Tyr', 'صور', ['Tyre'])
];

function region(
	code: string,
	parent: string | null,
	en: string,
	fr: string,
	ar: string,
	aliases: readonly string[] = []
): Region {
	return { code, parent, en, fr, ar, aliases };
}

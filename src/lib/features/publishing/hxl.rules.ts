import type { Place } from '#lib/features/centres/types.ts';

/** The columns of the monthly sheet, named as ActivityInfo takes them in: fixed, in no reader's language. */
export const SHEET_COLUMNS = [
	'partner',
	'activity',
	'governorate',
	'district',
	'pcode',
	'month',
	'indicator_code',
	'population_group',
	'sex',
	'age_band',
	'value',
	'note'
] as const;

/**
 * The row of HXL 1.1 tags under those headings (`domain.md` 5.5). The code's tag says its level where all
 * places have the same.
 */
export function hxlTags(places: readonly Place[]): string[] {
	const districts = places.filter(({ adm2 }) => adm2 !== null).length;
	const code =
		districts === places.length ? '#adm2+code' : districts === 0 ? '#adm1+code' : '#loc+code';
	return [
		'#org+impl+name',
		'#activity+name',
		'#adm1+name',
		'#adm2+name',
		code,
		'#date+reported',
		'#indicator+code',
		'#beneficiary+type+code',
		'#beneficiary+sex+name',
		'#beneficiary+age+name',
		'#reached+ind',
		'#meta+note'
	];
}

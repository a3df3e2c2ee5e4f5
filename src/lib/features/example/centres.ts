import type { NewRow } from '../../platform/db/schema.ts';
import { CENTRE_COUNT, centreId, roomId, SECTIONS } from './cast.ts';
import { texts } from './invent.ts';

export const ZONE = 'Asia/Beirut';

/** P-codes of the global list (OCHA COD-AB); the number of centres is the organisation's, places are invented. */
const GOVERNORATES = {
	akkar: { pcode: 'LB7', en: 'Akkar', fr: 'Akkar', ar: 'عكار' },
	baalbek: { pcode: 'LB8', en: 'Baalbek-El Hermel', fr: 'Baalbek-Hermel', ar: 'بعلبك–الهرمل' },
	bekaa: { pcode: 'LB2', en: 'Bekaa', fr: 'Békaa', ar: 'البقاع' },
	north: { pcode: 'LB5', en: 'North', fr: 'Liban-Nord', ar: 'الشمال' },
	mountLebanon: { pcode: 'LB3', en: 'Mount Lebanon', fr: 'Mont-Liban', ar: 'جبل لبنان' },
	beirut: { pcode: 'LB1', en: 'Beirut', fr: 'Beyrouth', ar: 'بيروت' },
	south: { pcode: 'LB6', en: 'South', fr: 'Liban-Sud', ar: 'الجنوب' },
	nabatieh: { pcode: 'LB4', en: 'El Nabatieh', fr: 'Nabatiyé', ar: 'النبطية' }
} as const;

/** Where centre 01 … 18 stand. */
const PLACES: readonly (keyof typeof GOVERNORATES)[] = [
	...(['akkar', 'akkar', 'akkar', 'baalbek', 'baalbek', 'baalbek'] as const),
	...(['bekaa', 'bekaa', 'bekaa', 'north', 'north'] as const),
	...(['mountLebanon', 'mountLebanon', 'mountLebanon', 'beirut'] as const),
	...(['south', 'south', 'nabatieh'] as const)
];

const ROOMS = [
	[texts('Blue room', 'Salle bleue', 'الغرفة الزرقاء'), 20],
	[texts('Green room', 'Salle verte', 'الغرفة الخضراء'), 18],
	[texts('Yellow room', 'Salle jaune', 'الغرفة الصفراء'), 24],
	[texts('Garden room', 'Salle du jardin', 'غرفة الحديقة'), 18]
] as const;

/** Centre 01 is open all week, so that the example has something to show on every day. */
export const centreRows: NewRow<'centre'>[] = numbers().map((number) => {
	const place = PLACES[number - 1]!;
	const { pcode, en, fr, ar } = GOVERNORATES[place];
	const nth = PLACES.slice(0, number).filter((other) => other === place).length;
	return {
		id: centreId(number),
		section_id: SECTIONS.lebanon,
		name_texts: texts(
			`Example centre ${en} ${nth}`,
			`Centre d’exemple ${fr} ${nth}`,
			`مركز ${ar} ${nth} (مثال)`
		),
		adm1_pcode: pcode,
		zone: ZONE,
		closed_weekdays: number === 1 ? '' : '6,7',
		opens_at: '08:00',
		closes_at: '18:00'
	};
});

export const roomRows: NewRow<'room'>[] = numbers().flatMap((centre) =>
	([1, 2] as const).map((nth) => {
		const [name_texts, capacity] = ROOMS[(centre % 2 === 1 ? 0 : 2) + nth - 1]!;
		const id = roomId(centre, nth);
		return { id, section_id: SECTIONS.lebanon, centre_id: centreId(centre), name_texts, capacity };
	})
);

function numbers(): number[] {
	return Array.from({ length: CENTRE_COUNT }, (_, i) => i + 1);
}

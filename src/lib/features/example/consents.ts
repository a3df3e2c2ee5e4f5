/** What the people of the example agreed to: most said yes, some papers are missing, a few said no. */
import { addDays } from '../../platform/clock/days.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { seal } from '../../platform/crypto/sealed.ts';
import type { NewRow } from '../../platform/db/schema.ts';
import type {
	ConsentGiver,
	ConsentPurpose,
	ConsentReader
} from '../../platform/db/vocabularies.ts';
import { builtInText } from '../consent/texts.rules.ts';
import { ADULT_AGE } from '../people/rules.ts';
import { CAST, PEOPLE, SECTIONS } from './cast.ts';
import { ZONE } from './centres.ts';
import { dice, exampleId } from './invent.ts';
import type { People } from './people.ts';

const PURPOSES = ['take_part', 'photo', 'quote', 'drawing'] as const satisfies ConsentPurpose[];
const READERS = ['child', 'guardian', 'adult'] as const satisfies ConsentReader[];
/** So many of a hundred papers are missing, and so many say no to what is not taking part. */
const MISSING = 0.06;
const NO = 0.05;
/** No paper is older than this many days: all of them still hold. */
const OLDEST = 240;

export const consentSettingRows: NewRow<'consent_setting'>[] = [
	{
		section_id: SECTIONS.lebanon,
		purposes: PURPOSES.join(','),
		on_missing: 'warn',
		own_age: null,
		valid_months: 12
	}
];

export const consentTextRows: NewRow<'consent_text'>[] = PURPOSES.flatMap((purpose) =>
	READERS.map((reader) => ({
		id: textId(purpose, reader),
		section_id: SECTIONS.lebanon,
		...{ purpose, reader, language: 'ar', number: 1 },
		body: builtInText({ purpose, reader, language: 'ar' }),
		published_by: null,
		published_on: '2000-01-01'
	}))
);

/** Signed on paper the day somebody joined. */
export function consentRows(people: People, ring: KeyRing, today: string): NewRow<'consent'>[] {
	const chance = dice('consents');
	const joined = new Map(people.members.map(({ person_id, joined_on }) => [person_id, joined_on]));
	const mothers = new Map(people.caregivers.map((row) => [row.child_id, row.caregiver_id]));
	return people.persons.flatMap((person) => {
		const age = Number(today.slice(0, 4)) - person.birth_year;
		const signedOn = dayOf(joined.get(person.id) ?? today, today);
		const sayings = PURPOSES.flatMap((purpose) => {
			const says = (giver: ConsentGiver, giverId = ''): Said[] => {
				if (person.id === PEOPLE.inTwoCohorts) return [];
				if (chance.roll() < MISSING) return [];
				const isNo = purpose !== 'take_part' && chance.roll() < NO;
				return [{ purpose, giver, giverId, said: isNo ? 'no' : 'yes', on: signedOn }];
			};
			if (age >= ADULT_AGE) return says('self');
			const mother = mothers.get(person.id);
			return [...says('self'), ...(mother ? says('person', mother) : says('unnamed'))];
		});
		const told = person.id === PEOPLE.inTwoCohorts ? toldOf(signedOn, today) : sayings;
		return told.map((one, at) => rowOf(person.id, one, { at, age, ring }));
	});
}

interface Said {
	purpose: (typeof PURPOSES)[number];
	giver: ConsentGiver;
	giverId: string;
	said: 'yes' | 'no' | 'withdrawn';
	on: string;
	nth?: number;
}

/** A girl whose papers show what there is: she took her photo back, and her guardians differ about quotes. */
function toldOf(on: string, today: string): Said[] {
	const said = (
		purpose: Said['purpose'],
		giver: ConsentGiver,
		word: Said['said'],
		giverId = ''
	): Said => ({ purpose, giver, giverId, said: word, on });
	return [
		said('take_part', 'self', 'yes'),
		said('take_part', 'unnamed', 'yes'),
		said('photo', 'self', 'yes'),
		{ ...said('photo', 'self', 'withdrawn'), on: addDays(today, -2), nth: 2 },
		said('photo', 'unnamed', 'yes'),
		said('quote', 'self', 'yes'),
		said('quote', 'unnamed', 'yes'),
		said('quote', 'contact', 'no', FATHER),
		said('drawing', 'unnamed', 'yes')
	];
}

const FATHER = exampleId('guardian of the girl in two cohorts');

/** Her father, whom her papers name. */
export function guardianRows(ring: KeyRing): NewRow<'guardian'>[] {
	const place = (column: string) => ({ table: 'guardian', column, row: FATHER });
	return [
		{
			id: FATHER,
			section_id: SECTIONS.lebanon,
			person_id: PEOPLE.inTwoCohorts,
			name_sealed: seal(ring, place('name_sealed'), 'سمير ح.'),
			relation: 'father',
			phone_sealed: null,
			contact_way: 'visit',
			safe_from: null,
			safe_until: null
		}
	];
}

function rowOf(
	person: string,
	{ purpose, giver, giverId, said, on, nth = 1 }: Said,
	{ at, age, ring }: { at: number; age: number; ring: KeyRing }
): NewRow<'consent'> {
	const id = exampleId(`consent ${person} ${at}`);
	const reader = giver !== 'self' ? 'guardian' : age >= ADULT_AGE ? 'adult' : 'child';
	const isTaken = said === 'withdrawn';
	return {
		id,
		section_id: SECTIONS.lebanon,
		person_id: person,
		...{ purpose, giver, giver_id: giverId, nth, said, said_on: on },
		relation: giver === 'person' ? 'mother' : giver === 'contact' ? 'father' : null,
		text_id: isTaken ? null : textId(purpose, reader),
		is_on_paper: isTaken ? 0 : 1,
		spoken: isTaken ? null : 'ar',
		explained_sealed: isTaken
			? null
			: seal(
					ring,
					{ table: 'consent', column: 'explained_sealed', row: id },
					CAST.facilitator.name
				),
		recorded_by: CAST.coordinator.id,
		recorded_at: instantOf(on, '16:00', ZONE)
	};
}

function textId(purpose: ConsentPurpose, reader: ConsentReader): string {
	return exampleId(`consent text ${purpose} ${reader}`);
}

function dayOf(joined: string, today: string): string {
	const earliest = addDays(today, -OLDEST);
	if (joined > today) return today;
	return joined < earliest ? earliest : joined;
}

/** What children said after the sessions of the last weeks, and one code that is open today. Invented. */
import type { KeyRing } from '../../platform/crypto/keyring.ts';
import { seal } from '../../platform/crypto/sealed.ts';
import { addDays, minutesOf, timeAt } from '../../platform/clock/days.ts';
import { instantOf } from '../../platform/clock/zone.ts';
import type { FormLength, NewRow } from '../../platform/db/schema.ts';
import {
	formFor,
	OPEN_ITEMS,
	optionsOf,
	type Answer,
	type Form,
	type Item
} from '../feedback/bank.ts';
import { bandOf, lengthOf } from '../feedback/rules.ts';
import { COHORTS, OPEN_CODE, SECTIONS } from './cast.ts';
import { CHANGES, IDEAS } from './children-words.ts';
import type { CohortPlan } from './cohorts.ts';
import { dice, exampleId, type Dice } from './invent.ts';
import { came } from './registers.ts';

/** How far back results go. */
const DAYS = 75;
/** How children lean, from the first option to the last: like most, not all alike. */
const LEANING = [0.1, 0.3, 0.7, 1, 0.9];
const LEANING_OF_THREE = [0.2, 0.45, 1];
const LEANING_OF_BEST = [1, 0.45, 0.2, 0.05];

export interface Feedback {
	codes: NewRow<'feedback_code'>[];
	counts: NewRow<'feedback_count'>[];
	words: NewRow<'feedback_words'>[];
}

/** Closed codes with their results for held sessions of these cohorts, and today's open one. */
export function listen(
	plans: readonly CohortPlan[],
	sessions: readonly NewRow<'session'>[],
	marks: readonly NewRow<'mark'>[],
	ring: KeyRing,
	today: string
): Feedback {
	const feedback: Feedback = { codes: [], counts: [], words: [] };
	const there = Map.groupBy(
		marks.filter(({ code }) => came(code)),
		({ session_id }) => session_id
	);
	const byCohort = Map.groupBy(sessions, ({ cohort_id }) => cohort_id);
	for (const plan of plans) {
		const band = bandOf(...plan.ages);
		const own = byCohort.get(plan.id) ?? [];
		if (!band) continue;
		own.forEach((session, i) => {
			const length = lengthOf(i + 1, own.length);
			const isRecent = session.on_date >= addDays(today, -DAYS);
			if (session.status === 'held' && isRecent)
				hear(
					feedback,
					ring,
					formFor(band, length),
					session,
					plan,
					there.get(session.id)?.length ?? 0
				);
			if (plan.id === COHORTS.littleStars && session.on_date === today)
				feedback.codes.push(codeOf(session, plan, { length, code: OPEN_CODE, closedAt: null }));
		});
	}
	return feedback;
}

/** One closed code: most of those who were there have sent a ballot. */
function hear(
	feedback: Feedback,
	ring: KeyRing,
	form: Form,
	session: NewRow<'session'>,
	plan: CohortPlan,
	thereCount: number
): void {
	const chance = dice(`feedback ${session.id}`);
	const sentCount = Math.round(thereCount * (0.6 + 0.4 * chance.roll()));
	const mood = chance.roll() * 0.6;
	const keys = { session_id: session.id, section_id: SECTIONS.lebanon, form: form.id };
	for (const item of form.items) {
		const tally = new Map<Answer, number>();
		for (let n = 0; n < sentCount; n += 1) {
			const answer = answerTo(form, item, chance, mood);
			tally.set(answer, (tally.get(answer) ?? 0) + 1);
		}
		for (const [answer, ballot_count] of tally)
			feedback.counts.push({ ...keys, item, answer, ballot_count });
		for (let n = 0; n < (tally.get('answered') ?? 0); n += 1)
			feedback.words.push(writtenBy(ring, keys, item, n, chance));
	}
	const startedCount = sentCount + (chance.roll() < 0.06 ? thereCount : chance.between(0, 1));
	const endsAt = instantOf(
		session.on_date,
		timeAt(minutesOf(session.start_time) + session.minutes),
		session.zone
	);
	feedback.codes.push({
		...codeOf(session, plan, { length: form.length, code: codeFor(session.id), closedAt: endsAt }),
		started_count: startedCount,
		more_than_present: Number(startedCount > thereCount)
	});
}

function answerTo(form: Form, item: Item, chance: Dice, mood: number): Answer {
	const roll = chance.roll();
	if (roll < 0.06) return 'skipped';
	if (roll < 0.1) return 'dont_know';
	if (OPEN_ITEMS.includes(item)) return chance.roll() < 0.55 ? 'answered' : 'skipped';
	const options = optionsOf(item, form)!;
	const leaning =
		item === 'best' ? LEANING_OF_BEST : options.length === 3 ? LEANING_OF_THREE : LEANING;
	const weights = options.map((_, at) => mood / 2 + leaning[at]!);
	let left = chance.roll() * weights.reduce((sum, weight) => sum + weight, 0);
	return options.find((_, at) => (left -= weights[at]!) < 0) ?? options.at(-1)!;
}

function writtenBy(
	ring: KeyRing,
	keys: { session_id: string; section_id: string; form: string },
	item: Item,
	nth: number,
	chance: Dice
): NewRow<'feedback_words'> {
	const id = exampleId(`words ${keys.session_id} ${item} ${nth}`);
	const place = { table: 'feedback_words', column: 'words_sealed', row: id };
	const words = chance.pick(item === 'idea' ? IDEAS : CHANGES);
	return { ...keys, id, item, words_sealed: seal(ring, place, words) };
}

function codeOf(
	session: NewRow<'session'>,
	plan: CohortPlan,
	{ length, code, closedAt }: { length: FormLength; code: string; closedAt: number | null }
): NewRow<'feedback_code'> {
	return {
		session_id: session.id,
		section_id: SECTIONS.lebanon,
		code,
		length,
		opened_by: plan.staffIds[0]!,
		opened_at: instantOf(session.on_date, session.start_time, session.zone),
		closed_at: closedAt,
		started_count: 0
	};
}

/** Eight digits of a session's own, the same every time. */
function codeFor(sessionId: string): string {
	return String(dice(`code ${sessionId}`).between(10_000_000, 99_999_999));
}

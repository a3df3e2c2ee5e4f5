import { m } from '#lib/paraglide/messages.js';

/** What schemas name as wrong, in the reader's language. A schema says a key; anything else is "not valid". */
const TEXTS: Record<string, () => string> = {
	required: () => m.form_required(),
	too_long: () => m.form_too_long(),
	date: () => m.form_date(),
	time: () => m.form_time(),
	email: () => m.form_email(),
	number: () => m.form_number(),
	choose: () => m.form_choose(),
	final: () => m.form_final(),
	year: () => m.form_year(),
	capacity: () => m.form_capacity(),
	phone: () => m.form_phone(),
	way: () => m.form_way(),
	override: () => m.form_override(),
	age: () => m.form_age(),
	ages_order: () => m.form_ages_order(),
	nickname: () => m.form_nickname(),
	region: () => m.form_region(),
	zone: () => m.form_zone(),
	closes_first: () => m.form_closes_first(),
	ends_first: () => m.form_ends_first(),
	open_never: () => m.form_open_never(),
	password_short: () => m.form_password_short(),
	password_long: () => m.form_password_long(),
	password_common: () => m.form_password_common(),
	password_about_you: () => m.form_password_about_you()
};

export function fieldErrorText(key: string): string {
	return (TEXTS[key] ?? m.form_invalid)();
}

import { fail } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';
import type { CohortRefusal } from '#lib/features/cohorts/cohort.server.ts';
import type { KeyReused } from '#lib/platform/command/command.ts';
import type { FormView } from '#lib/platform/forms/view.ts';

/** The form shown again with what stands in the way: beside the field it is about, else above all. */
export function refused(
	{ reason }: CohortRefusal | KeyReused,
	again: (errors: Record<string, string>, message?: string) => FormView
) {
	const beside = {
		name_taken: ['name', m.cohort_name_taken],
		too_small: ['capacity', m.cohort_too_small],
		audience_fixed: ['audience', m.cohort_audience_fixed],
		stranger: ['facilitators', m.cohort_stranger]
	} as const;
	if (reason === 'not_found') return fail(404, { form: again({}, m.error_not_found()) });
	if (reason === 'key_reused') return fail(409, { form: again({}, m.form_key_reused()) });
	const [field, words] = beside[reason];
	return fail(422, { form: again({ [field]: words() }, m.form_check_fields()) });
}
